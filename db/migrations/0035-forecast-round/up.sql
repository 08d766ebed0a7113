-- The last round in which all forecasts of the day were asked for, by day and data: as long as neither changes there is nothing to ask.
CREATE TABLE forecast_round (
  org_id uuid NOT NULL,
  -- The day the forecasts were made for.
  made_on date NOT NULL,
  -- The newest revision then that was more than such a round itself.
  revision int8 NOT NULL,
  PRIMARY KEY (org_id)
);
SELECT kontor_protect_record('forecast_round');
