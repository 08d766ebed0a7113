-- What was said of periods to come, when, by whom and on what knowledge; graded once the periods are over.
CREATE TABLE forecast (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid NOT NULL,
  metric text NOT NULL,
  grain text NOT NULL CHECK (grain IN ('week', 'month', 'quarter')),
  horizon int NOT NULL CHECK (horizon BETWEEN 1 AND 24),
  scope text NOT NULL CHECK (scope IN ('organisation', 'team', 'seller', 'person')),
  -- The organisation, team, seller or person itself.
  scope_id uuid NOT NULL,
  -- The day it was made for: nothing from it on was known.
  made_on date NOT NULL,
  -- Made as if it were an earlier day, with what is known of that time today.
  as_if boolean NOT NULL DEFAULT false,
  revision int8 NOT NULL,
  method text NOT NULL,
  periods jsonb NOT NULL CHECK (octet_length(periods::text) <= 32768),
  basis jsonb NOT NULL CHECK (octet_length(basis::text) <= 32768),
  PRIMARY KEY (org_id, id)
);
CREATE INDEX forecast_made ON forecast (org_id, metric, made_on);
SELECT kontor_protect_record('forecast');

-- A forecast is never corrected afterwards: only its state changes, when it is taken back or restored.
CREATE FUNCTION kontor_forecast_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'state' - 'version' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'version' THEN
    RAISE EXCEPTION 'a forecast stays as it was made';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER forecast_stays BEFORE UPDATE ON forecast FOR EACH ROW EXECUTE FUNCTION kontor_forecast_stays();

-- What somebody commits to for a period, and the best they think of.
CREATE TABLE forecast_call (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid NOT NULL,
  metric text NOT NULL,
  period text NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  scope text NOT NULL CHECK (scope IN ('organisation', 'team', 'seller', 'person')),
  scope_id uuid NOT NULL,
  commit_amount int8,
  best_amount int8,
  called_on date NOT NULL,
  PRIMARY KEY (org_id, id),
  CHECK (from_on < until_on),
  CHECK (best_amount IS NULL OR commit_amount IS NULL OR best_amount >= commit_amount)
);
CREATE UNIQUE INDEX forecast_call_one ON forecast_call
  (org_id, owner_id, metric, period, scope, scope_id) WHERE state <> 'removed';
CREATE INDEX forecast_call_from ON forecast_call (org_id, metric, from_on);
SELECT kontor_protect_record('forecast_call');
