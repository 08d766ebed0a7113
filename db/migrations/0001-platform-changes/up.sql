-- Organisations, the chain of changes, the history of records, and the functions every writer goes through.

DO $$ BEGIN EXECUTE format('REVOKE TEMP ON DATABASE %I FROM PUBLIC', current_database()); END $$;
GRANT USAGE ON SCHEMA public TO kontor_app;

-- The organisation of the running transaction; null when none was entered, so that nothing is seen.
CREATE FUNCTION kontor_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT NULLIF(current_setting('kontor.org', true), '')::uuid $$;

-- First statement of every transaction. SET LOCAL by EXECUTE, because a cluster replays only that.
CREATE FUNCTION kontor_enter(org uuid, person uuid, change uuid DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF org IS NULL OR person IS NULL THEN
    RAISE EXCEPTION 'kontor_enter needs an organisation and a person';
  END IF;
  EXECUTE format('SET LOCAL kontor.org = %L', org);
  EXECUTE format('SET LOCAL kontor.person = %L', person);
  IF change IS NOT NULL THEN
    EXECUTE format('SET LOCAL kontor.change = %L', change);
  END IF;
END $$;

-- One permissive policy per command, no subquery: a cluster's shards turn RESTRICTIVE into PERMISSIVE.
CREATE FUNCTION kontor_protect_fact(tab text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  org text := 'org_id = NULLIF(current_setting(''kontor.org'', true), '''')::uuid';
  chg text := 'NULLIF(current_setting(''kontor.change'', true), '''')::uuid';
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (change_out) ON %I TO kontor_app', tab);
  EXECUTE format('CREATE POLICY s ON %I FOR SELECT USING (%s)', tab, org);
  EXECUTE format('CREATE POLICY i ON %I FOR INSERT WITH CHECK (%s AND change_in = %s AND change_out IS NULL)', tab, org, chg);
  EXECUTE format('CREATE POLICY u ON %I FOR UPDATE USING (%s AND change_out IS NULL) WITH CHECK (%s AND change_out = %s)', tab, org, org, chg);
END $$;

CREATE FUNCTION kontor_protect_record(tab text, deletes boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  org text := 'org_id = NULLIF(current_setting(''kontor.org'', true), '''')::uuid';
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO kontor_app', tab);
  EXECUTE format('CREATE POLICY s ON %I FOR SELECT USING (%s)', tab, org);
  EXECUTE format('CREATE POLICY i ON %I FOR INSERT WITH CHECK (%s)', tab, org);
  EXECUTE format('CREATE POLICY u ON %I FOR UPDATE USING (%s) WITH CHECK (%s)', tab, org, org);
  IF deletes THEN
    EXECUTE format('GRANT DELETE ON %I TO kontor_app', tab);
    EXECUTE format('CREATE POLICY d ON %I FOR DELETE USING (%s)', tab, org);
  END IF;
END $$;

CREATE TABLE org (
  org_id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  slug text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('own', 'demo')),
  zone text NOT NULL,
  base_currency text NOT NULL CHECK (base_currency ~ '^[A-Z]{3}$'),
  fiscal_first_month int NOT NULL CHECK (fiscal_first_month BETWEEN 1 AND 12),
  week_start int NOT NULL CHECK (week_start IN (1, 7)),
  locale text NOT NULL CHECK (locale IN ('en', 'de')),
  -- The one person of solo mode, who has every role.
  solo_person_id uuid,
  -- False until the questions of the first start are answered.
  set_up boolean NOT NULL DEFAULT false
);
SELECT kontor_protect_record('org');

CREATE TABLE org_head (
  org_id uuid PRIMARY KEY,
  revision int8 NOT NULL DEFAULT 0,
  hash bytea NOT NULL,
  at timestamptz NOT NULL
);
SELECT kontor_protect_record('org_head');

CREATE TABLE change (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  revision int8 NOT NULL,
  operation text NOT NULL,
  actor uuid NOT NULL,
  at timestamptz NOT NULL,
  -- What a person reads in the list of changes: record names and counts, no free text.
  subject jsonb NOT NULL DEFAULT '{}',
  -- The change that this one takes back, if it is an undo.
  undoes uuid,
  previous_hash bytea NOT NULL,
  digest bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, revision)
);
CREATE INDEX change_at ON change (org_id, at);
CREATE INDEX change_undoes ON change (org_id, undoes) WHERE undoes IS NOT NULL;
ALTER TABLE change ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON change TO kontor_app;
CREATE POLICY s ON change FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid);
CREATE POLICY i ON change FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND id = NULLIF(current_setting('kontor.change', true), '')::uuid);

-- What an edit of a record changed: {"field": [before, after]}. A creation has null before.
CREATE TABLE history (
  org_id uuid NOT NULL,
  change_id uuid NOT NULL,
  entity text NOT NULL,
  entity_id uuid NOT NULL,
  version int NOT NULL,
  fields jsonb,
  salt bytea,
  row_hash bytea NOT NULL,
  PRIMARY KEY (org_id, entity, entity_id, version)
);
CREATE INDEX history_change ON history (org_id, change_id);
ALTER TABLE history ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON history TO kontor_app;
CREATE POLICY s ON history FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid);
CREATE POLICY i ON history FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND change_id = NULLIF(current_setting('kontor.change', true), '')::uuid);

-- The answer given to a write under a key, so that the same write sent again has one effect.
CREATE TABLE idempotency (
  org_id uuid NOT NULL,
  person_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 8 AND 200),
  operation text NOT NULL,
  input_digest bytea NOT NULL,
  answer jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, person_id, key)
);
SELECT kontor_protect_record('idempotency', true);

-- Closed periods: a fact dated inside one is refused (checked in kontor_commit).
CREATE TABLE period_lock (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  from_on date NOT NULL,
  until_on date NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (org_id, id),
  CHECK (from_on < until_on)
);
SELECT kontor_protect_record('period_lock');

-- Which organisations this installation holds. Owner's function: before one is entered, nothing is visible.
CREATE FUNCTION kontor_orgs() RETURNS TABLE (org_id uuid, slug text, name text, kind text, locale text, set_up boolean, solo_person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT org_id, slug, name, kind, locale, set_up, solo_person_id FROM org ORDER BY kind DESC, slug COLLATE "C"
$$;
REVOKE ALL ON FUNCTION kontor_orgs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_orgs() TO kontor_app;
