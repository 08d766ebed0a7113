-- What an owner's calendar says from a day on, until the next entry of the same owner. A part that is null
-- is as the calendar above says it: seller, team, teams above, organisation.
CREATE TABLE work_calendar (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner text NOT NULL CHECK (owner IN ('organisation', 'team', 'seller')),
  -- The team or the seller; for the organisation its own id.
  owner_id uuid NOT NULL,
  valid_from date NOT NULL DEFAULT '0001-01-01',
  -- Country, region and subregion by their codes: what public holidays are taken from.
  place jsonb CHECK (place ->> 'country' ~ '^[A-Z]{2}$'),
  -- Share of a working day, Monday to Sunday.
  weekdays jsonb CHECK (jsonb_typeof(weekdays) = 'array' AND jsonb_array_length(weekdays) = 7),
  -- From and until by weekday, null where closed.
  hours jsonb CHECK (jsonb_typeof(hours) = 'array' AND jsonb_array_length(hours) = 7),
  PRIMARY KEY (org_id, id),
  CHECK ((owner = 'organisation') = (owner_id = org_id))
);
CREATE UNIQUE INDEX work_calendar_from ON work_calendar (org_id, owner_id, valid_from) WHERE state <> 'removed';
SELECT kontor_protect_record('work_calendar');

-- Days on which an owner's calendar is not as usual: days off, company holidays, working on a holiday.
CREATE TABLE calendar_exception (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  owner text NOT NULL CHECK (owner IN ('organisation', 'team', 'seller')),
  owner_id uuid NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('off', 'works')),
  -- Share of the day that is free, or that is worked.
  share numeric NOT NULL DEFAULT 1 CHECK (share > 0 AND share <= 1),
  reason text CHECK (length(reason) <= 200),
  PRIMARY KEY (org_id, id),
  CHECK ((owner = 'organisation') = (owner_id = org_id)),
  CHECK (valid_from < valid_until)
);
CREATE INDEX calendar_exception_owner ON calendar_exception (org_id, owner_id, valid_from);
SELECT kontor_protect_record('calendar_exception');
