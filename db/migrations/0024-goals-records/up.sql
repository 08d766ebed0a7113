-- A goal of a seller, a team or the whole organisation. Days are [from_on, until_on). With an owner it is private.
CREATE TABLE goal (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid,
  name text NOT NULL,
  name_key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('metric', 'activity', 'steps')),
  metric text CHECK (kind <> 'metric' OR metric IS NOT NULL),
  -- Filters of the metric, or kind and outcome of the activity.
  question jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(question::text) <= 8192),
  -- Money in minor units of the base currency, rates 0 to 1.
  target float8 NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL CHECK (until_on > from_on),
  seller_id uuid,
  team_id uuid CHECK (team_id IS NULL OR seller_id IS NULL),
  why text,
  reward text,
  repeats text CHECK (repeats IN ('month', 'quarter')),
  -- Goals that come from one rule, the first one's id.
  series_id uuid,
  milestones jsonb NOT NULL DEFAULT '[]' CHECK (octet_length(milestones::text) <= 8192),
  steps jsonb NOT NULL DEFAULT '[]' CHECK (octet_length(steps::text) <= 32768),
  missed_because text,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX goal_seller ON goal (org_id, seller_id);
CREATE INDEX goal_until ON goal (org_id, until_on, id);
-- One goal of a series for each stretch: the rule makes the next one once, whoever comes first.
CREATE UNIQUE INDEX goal_series ON goal (org_id, series_id, from_on) WHERE state <> 'removed';

-- When the data said that a goal was reached, and when they no longer did.
CREATE TABLE goal_mark (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid,
  goal_id uuid NOT NULL,
  place int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('reached', 'reopened')),
  -- Reached: the day by the data. Reopened: the day it was noticed.
  on_day date NOT NULL,
  value float8 NOT NULL,
  celebrated boolean NOT NULL DEFAULT false,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX goal_mark_place ON goal_mark (org_id, goal_id, place) WHERE state <> 'removed';

CREATE TABLE goal_checkin (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner_id uuid,
  goal_id uuid NOT NULL,
  -- First day of the week it is about.
  week_on date NOT NULL,
  moved text,
  blocks text,
  next_step text,
  author_id uuid NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX goal_checkin_week ON goal_checkin (org_id, goal_id, week_on) WHERE state <> 'removed';

ALTER TABLE goal ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON goal TO kontor_app;
CREATE POLICY s ON goal FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY i ON goal FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY u ON goal FOR UPDATE USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid))
  WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));

ALTER TABLE goal_mark ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON goal_mark TO kontor_app;
CREATE POLICY s ON goal_mark FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY i ON goal_mark FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY u ON goal_mark FOR UPDATE USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid))
  WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));

ALTER TABLE goal_checkin ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON goal_checkin TO kontor_app;
CREATE POLICY s ON goal_checkin FOR SELECT USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY i ON goal_checkin FOR INSERT WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));
CREATE POLICY u ON goal_checkin FOR UPDATE USING (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid))
  WITH CHECK (org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
  AND (owner_id IS NULL OR owner_id = NULLIF(current_setting('kontor.person', true), '')::uuid));

-- All of them, whoever owns them: for the check of records against their history and for the full export,
-- which must hold whoever asks. Owner's functions; the organisation is compared here.
CREATE FUNCTION kontor_goals() RETURNS SETOF goal
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM goal WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
REVOKE ALL ON FUNCTION kontor_goals() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_goals() TO kontor_app;
CREATE FUNCTION kontor_goal_marks() RETURNS SETOF goal_mark
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM goal_mark WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
REVOKE ALL ON FUNCTION kontor_goal_marks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_goal_marks() TO kontor_app;
CREATE FUNCTION kontor_goal_checkins() RETURNS SETOF goal_checkin
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM goal_checkin WHERE org_id = NULLIF(current_setting('kontor.org', true), '')::uuid
$$;
REVOKE ALL ON FUNCTION kontor_goal_checkins() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_goal_checkins() TO kontor_app;
