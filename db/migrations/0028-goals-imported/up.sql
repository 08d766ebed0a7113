-- Goals that come from a file carry the number they have there, and goals are found by name.
ALTER TABLE goal ADD COLUMN external_id text;
CREATE INDEX goal_number ON goal (org_id, external_id COLLATE "C") WHERE external_id IS NOT NULL;
CREATE INDEX goal_named ON goal (org_id, name_key COLLATE "C", from_on);

CREATE INDEX goal_begins ON goal (org_id, state, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX goal_words ON goal USING gin (kontor_words(name_key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);

-- What a person may find among goals: all but private ones of others. The search looks here, because as an owner's
-- function it is not held by row security; nobody else is given it.
CREATE VIEW goal_found AS
  SELECT org_id, id, state, name_key FROM goal
  WHERE owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid;

CREATE OR REPLACE FUNCTION kontor_found_by(tab text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF tab = 'alias' THEN RETURN 'key'; END IF;
  IF tab IN ('customer', 'contact', 'product', 'contract', 'seller', 'team', 'goal_found') THEN RETURN 'name_key'; END IF;
  RAISE EXCEPTION 'nothing is searched in %', tab;
END $$;
