-- An entry of the start page that its owner does not want to see before a day.
CREATE TABLE snooze (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid NOT NULL,
  entry_key text NOT NULL CHECK (length(entry_key) BETWEEN 3 AND 100),
  until_on date NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX snooze_entry ON snooze (org_id, owner_id, entry_key) WHERE state <> 'removed';

-- A person's calendar feed. The address holds a long random word; here is only its hash.
CREATE TABLE calendar_feed (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid NOT NULL,
  token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  made_on date NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX calendar_feed_owner ON calendar_feed (org_id, owner_id) WHERE state <> 'removed';

DO $$
DECLARE
  tab text;
  own text := 'org_id = NULLIF(current_setting(''kontor.org'', true), '''')::uuid
    AND owner_id = NULLIF(current_setting(''kontor.person'', true), '''')::uuid';
BEGIN
  FOREACH tab IN ARRAY ARRAY['snooze', 'calendar_feed'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tab);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO kontor_app', tab);
    EXECUTE format('CREATE POLICY s ON %I FOR SELECT USING (%s)', tab, own);
    EXECUTE format('CREATE POLICY i ON %I FOR INSERT WITH CHECK (%s)', tab, own);
    EXECUTE format('CREATE POLICY u ON %I FOR UPDATE USING (%s) WITH CHECK (%s)', tab, own, own);
  END LOOP;
END $$;

-- All of them, whoever owns them: for the check of records against their history and for the full export,
-- which must hold whoever asks. Owner's functions; the organisation is compared here.
CREATE FUNCTION kontor_snoozes() RETURNS SETOF snooze
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM snooze WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
CREATE FUNCTION kontor_calendar_feeds() RETURNS SETOF calendar_feed
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM calendar_feed WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
-- Whose feed has this hash, before any organisation is entered.
CREATE FUNCTION kontor_feed(hash text) RETURNS TABLE (org_id uuid, person_id uuid, token_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT f.org_id, f.owner_id, f.token_hash FROM calendar_feed f WHERE f.token_hash = hash AND f.state = 'active'
$$;
REVOKE ALL ON FUNCTION kontor_snoozes(), kontor_calendar_feeds(), kontor_feed(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_snoozes(), kontor_calendar_feeds(), kontor_feed(text) TO kontor_app;
