-- A question under a name, as its page would have it in its address. Without an owner it is everybody's.
CREATE TABLE result_view (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid,
  name text NOT NULL,
  name_key text NOT NULL,
  question jsonb NOT NULL CHECK (octet_length(question::text) <= 8192),
  pinned boolean NOT NULL DEFAULT false,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX result_view_owner ON result_view (org_id, owner_id);
ALTER TABLE result_view ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON result_view TO kontor_app;
CREATE POLICY s ON result_view FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY i ON result_view FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY u ON result_view FOR UPDATE USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid))
  WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));

-- All of them, whoever owns them: for the check of records against their history and for the full export,
-- which must hold whoever asks. Owner's function; the organisation is compared here.
CREATE FUNCTION kontor_result_views() RETURNS SETOF result_view
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM result_view WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
REVOKE ALL ON FUNCTION kontor_result_views() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_result_views() TO kontor_app;
