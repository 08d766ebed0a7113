-- Tests of open deals on the past that take longer than somebody waits: asked for, under way, and what they found.
CREATE TABLE forecast_test (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean NOT NULL DEFAULT false,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- Earlier points gone through, and of how many.
  done_steps int NOT NULL DEFAULT 0,
  all_steps int NOT NULL DEFAULT 0,
  metric text NOT NULL,
  grain text NOT NULL CHECK (grain IN ('week', 'month', 'quarter')),
  horizon int NOT NULL CHECK (horizon BETWEEN 1 AND 24),
  scope text NOT NULL CHECK (scope IN ('organisation', 'team', 'seller')),
  scope_id uuid NOT NULL,
  -- The day it was made for: nothing from it on was known.
  made_on date NOT NULL,
  result jsonb CHECK (octet_length(result::text) <= 1048576),
  PRIMARY KEY (org_id, id)
);
CREATE INDEX forecast_test_asked ON forecast_test (org_id, metric, grain, horizon, scope, scope_id, asked_at);
SELECT kontor_protect_record('forecast_test');
