-- A kept test of open deals names its periods. Older ones only counted them from the beginning of a series, which
-- may begin elsewhere by now; they are started anew by whoever wants them.
DELETE FROM forecast_test WHERE state = 'done' AND NOT result ? 'periods';

-- What was kept of one team, seller …: graded on its own, and looked up before the same is kept again.
CREATE INDEX forecast_of ON forecast (org_id, metric, scope, scope_id, made_on DESC, id DESC) WHERE state <> 'removed';
