-- A named seat such as "Area manager North": it stays when the person changes, and with it what it carries.
CREATE TABLE position (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  -- The team it belongs to; null: to the organisation itself.
  team_id uuid,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, team_id) REFERENCES team (org_id, id)
);
CREATE INDEX position_name ON position (org_id, name_key COLLATE "C");
CREATE INDEX position_team ON position (org_id, team_id);
SELECT kontor_protect_record('position');

-- A fact: which seller held a position, from when until when (half-open). One at a time.
CREATE TABLE position_holder (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  position_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  valid_from date NOT NULL DEFAULT '0001-01-01',
  valid_until date NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (org_id, id, version),
  CHECK (valid_from < valid_until)
);
CREATE INDEX position_holder_position ON position_holder (org_id, position_id, valid_from) WHERE change_out IS NULL;
CREATE INDEX position_holder_seller ON position_holder (org_id, seller_id) WHERE change_out IS NULL;
CREATE INDEX position_holder_past ON position_holder (org_id, position_id) WHERE change_out IS NOT NULL;
CREATE INDEX position_holder_out ON position_holder (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX position_holder_in ON position_holder USING brin (change_in);
SELECT kontor_protect_fact('position_holder');

CREATE FUNCTION kontor_content(r position_holder) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.position_id::text, r.seller_id::text,
    (r.valid_from - DATE '2000-01-01')::text, (r.valid_until - DATE '2000-01-01')::text)
$$;

ALTER TABLE quota
  ADD COLUMN position_id uuid,
  -- Of an amount in another currency: what it is in the base currency, and the day whose rate says so.
  ADD COLUMN base_amount int8 CHECK (base_amount BETWEEN 0 AND 1000000000000000),
  ADD COLUMN rate_on date,
  DROP CONSTRAINT quota_check1,
  ADD CONSTRAINT quota_one_holder CHECK (num_nonnulls(seller_id, team_id, position_id) = 1),
  ADD CONSTRAINT quota_rated CHECK ((base_amount IS NULL) = (rate_on IS NULL));
DROP INDEX quota_key;
CREATE UNIQUE INDEX quota_key ON quota (org_id, coalesce(seller_id, team_id, position_id), metric, period, kind, narrowing) WHERE change_out IS NULL;

-- What is added is absent where it does not apply: digests of earlier rows keep holding.
CREATE OR REPLACE FUNCTION kontor_content(r quota) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.kind, coalesce(r.seller_id::text, '-'), coalesce(r.team_id::text, '-'),
    r.metric, quote_literal(r.narrowing), r.period, (r.valid_from - DATE '2000-01-01')::text, (r.valid_until - DATE '2000-01-01')::text,
    r.amount::text, coalesce(r.currency, '-'), r.state, coalesce(r.decision_id::text, '-'), 'position ' || r.position_id::text,
    'base ' || r.base_amount::text || ' ' || (r.rate_on - DATE '2000-01-01')::text)
$$;

SELECT kontor_define_digest();
