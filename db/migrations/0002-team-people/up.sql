-- People, sellers, the team tree, who was in which team when, and roles.

CREATE TABLE seller (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  -- Stored lower-case form: prefix search by range needs no function that row security distrusts.
  name_key text NOT NULL,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  email text,
  hired_on date,
  left_on date,
  traits jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX seller_name ON seller (org_id, name_key COLLATE "C");
CREATE UNIQUE INDEX seller_external ON seller (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('seller');

CREATE TABLE person (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  email text,
  -- Which seller this person is, if any.
  seller_id uuid,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX person_name ON person (org_id, name_key COLLATE "C");
SELECT kontor_protect_record('person');

CREATE TABLE person_role (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  person_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('seller', 'manager', 'compensation-admin', 'auditor', 'admin')),
  valid_from date NOT NULL DEFAULT '0001-01-01',
  valid_until date NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
  CHECK (valid_from < valid_until)
);
CREATE INDEX person_role_person ON person_role (org_id, person_id);
SELECT kontor_protect_record('person_role');

CREATE TABLE team (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('company', 'office', 'team')),
  parent_id uuid,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, parent_id) REFERENCES team (org_id, id)
);
CREATE INDEX team_name ON team (org_id, name_key COLLATE "C");
CREATE INDEX team_parent ON team (org_id, parent_id);
SELECT kontor_protect_record('team');

-- A fact: who was in (member) or led (lead) which team, from when until when (half-open).
CREATE TABLE membership (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  team_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('member', 'lead')),
  seller_id uuid,
  person_id uuid,
  valid_from date NOT NULL DEFAULT '0001-01-01',
  valid_until date NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (org_id, id, version),
  CHECK (valid_from < valid_until),
  CHECK ((kind = 'member' AND seller_id IS NOT NULL AND person_id IS NULL)
    OR (kind = 'lead' AND person_id IS NOT NULL AND seller_id IS NULL))
);
CREATE INDEX membership_seller ON membership (org_id, seller_id, valid_from) WHERE change_out IS NULL;
CREATE INDEX membership_team ON membership (org_id, team_id, kind) WHERE change_out IS NULL;
CREATE INDEX membership_closed ON membership (org_id, seller_id) WHERE change_out IS NOT NULL;
CREATE INDEX membership_out ON membership (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX membership_in ON membership USING brin (change_in);
SELECT kontor_protect_fact('membership');

-- Content of a row, without change_out: what the chain vouches for. Columns added later must be
-- appended in a form that is null when absent (concat_ws skips nulls), so old digests keep holding.
CREATE FUNCTION kontor_content(r membership) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.team_id::text, r.kind,
    coalesce(r.seller_id::text, '-'), coalesce(r.person_id::text, '-'),
    (r.valid_from - DATE '2000-01-01')::text, (r.valid_until - DATE '2000-01-01')::text)
$$;
