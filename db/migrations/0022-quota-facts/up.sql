-- What a seller or a team is to reach of a metric in a period (quota), or says it will (commitment).
CREATE TABLE quota (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  kind text NOT NULL CHECK (kind IN ('quota', 'commitment')),
  seller_id uuid,
  team_id uuid,
  metric text NOT NULL,
  -- Filters of the metric: dimensions and cells as JSON in one order; empty: everything counts.
  narrowing text NOT NULL DEFAULT '' CHECK (octet_length(narrowing) <= 8192),
  -- Such as 2026-Q1 or FY2026; the days it held when it was set stand beside it.
  period text NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  amount int8 NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000000),
  -- Null for metrics that are counted.
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'returned')),
  decision_id uuid,
  PRIMARY KEY (org_id, id, version),
  CHECK (valid_from < valid_until),
  CHECK ((seller_id IS NULL) <> (team_id IS NULL))
);
CREATE UNIQUE INDEX quota_key ON quota (org_id, coalesce(seller_id, team_id), metric, period, kind, narrowing) WHERE change_out IS NULL;
CREATE INDEX quota_period ON quota (org_id, metric, valid_from) WHERE change_out IS NULL;
CREATE INDEX quota_past ON quota (org_id, metric, valid_from) WHERE change_out IS NOT NULL;
CREATE INDEX quota_out ON quota (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX quota_in ON quota USING brin (change_in);
SELECT kontor_protect_fact('quota');

CREATE FUNCTION kontor_content(r quota) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.kind, coalesce(r.seller_id::text, '-'), coalesce(r.team_id::text, '-'),
    r.metric, quote_literal(r.narrowing), r.period, (r.valid_from - DATE '2000-01-01')::text, (r.valid_until - DATE '2000-01-01')::text,
    r.amount::text, coalesce(r.currency, '-'), r.state, coalesce(r.decision_id::text, '-'))
$$;

-- Why quotas were proposed, approved or returned, and by whom: one record for all that were decided together.
-- A record, because a reason is free text and facts never need erasing.
CREATE TABLE quota_decision (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  decision text NOT NULL CHECK (decision IN ('proposed', 'approved', 'returned')),
  reason text CHECK (length(reason) <= 500),
  person_id uuid NOT NULL,
  decided_on date NOT NULL,
  PRIMARY KEY (org_id, id)
);
SELECT kontor_protect_record('quota_decision');

-- The digest names the facts of every table there is: those with a change_out. Written from the catalogue,
-- so that no later table can be left out. Digests of earlier changes stay what they were.
CREATE FUNCTION kontor_define_digest() RETURNS void LANGUAGE plpgsql SET search_path = public AS $f$
DECLARE parts text;
BEGIN
  SELECT string_agg(format(
    'SELECT %1$L AS t, x.id, x.version, %2$L AS w, sha256(convert_to(%3$L || kontor_content(x), ''UTF8'')) AS h FROM %1$I x WHERE x.org_id = o AND x.%4$s = c',
    f.name, s.w, s.w || '|', s.col), ' UNION ALL ' ORDER BY f.name COLLATE "C", s.w COLLATE "C")
  INTO parts
  FROM (SELECT table_name::text AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'change_out') f
  CROSS JOIN (VALUES ('i', 'change_in'), ('o', 'change_out')) s (w, col);
  EXECUTE format($d$
    CREATE OR REPLACE FUNCTION kontor_digest(o uuid, c uuid) RETURNS bytea LANGUAGE sql STABLE AS $b$
      SELECT sha256(coalesce(string_agg(p.h, ''::bytea ORDER BY p.t COLLATE "C", p.id, p.version, p.w COLLATE "C"), ''::bytea))
      FROM (
        %s
        UNION ALL
        SELECT 'history:' || h.entity AS t, h.entity_id AS id, h.version, 'h' AS w,
          sha256(convert_to(concat_ws('|', h.entity, h.entity_id::text, h.version::text, ''), 'UTF8') || h.row_hash) AS h
        FROM history h WHERE h.org_id = o AND h.change_id = c
      ) p
    $b$
  $d$, parts);
END $f$;
REVOKE ALL ON FUNCTION kontor_define_digest() FROM PUBLIC;
SELECT kontor_define_digest();

-- As before, and a quota belongs to the books of the last day of its period.
CREATE OR REPLACE FUNCTION kontor_commit(o uuid, c uuid, op text, who uuid, subject jsonb, undoes uuid) RETURNS int8 LANGUAGE plpgsql AS $$
DECLARE h org_head; t timestamptz; r int8; d bytea; locked record;
BEGIN
  PERFORM kontor_roll_up(o, c);
  d := kontor_digest(o, c);
  SELECT * INTO h FROM org_head WHERE org_id = o FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'organisation % has no head', o; END IF;
  -- After the head is locked, so that a lock being set and a row being written cannot pass each other.
  IF EXISTS (SELECT 1 FROM period_lock l WHERE l.org_id = o AND l.state = 'active') THEN
    SELECT l.from_on, l.until_on INTO locked FROM period_lock l JOIN (
      SELECT s.on_day AS day FROM sale s WHERE s.org_id = o AND s.change_in = c
      UNION ALL SELECT s.on_day FROM sale s WHERE s.org_id = o AND s.change_out = c
      UNION ALL SELECT x.closed_on FROM deal x WHERE x.org_id = o AND x.change_in = c AND x.closed_on IS NOT NULL
      UNION ALL SELECT x.closed_on FROM deal x WHERE x.org_id = o AND x.change_out = c AND x.closed_on IS NOT NULL
      UNION ALL SELECT q.valid_until - 1 FROM quota q WHERE q.org_id = o AND q.change_in = c
      UNION ALL SELECT q.valid_until - 1 FROM quota q WHERE q.org_id = o AND q.change_out = c
    ) touched ON touched.day >= l.from_on AND touched.day < l.until_on
    WHERE l.org_id = o AND l.state = 'active' LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'KL001', MESSAGE = format('period %s..%s is locked', locked.from_on, locked.until_on);
    END IF;
  END IF;
  t := greatest(clock_timestamp(), h.at);
  r := h.revision + 1;
  INSERT INTO change (org_id, id, revision, operation, actor, at, subject, undoes, previous_hash, digest, hash)
  VALUES (o, c, r, op, who, t, subject, undoes, h.hash, d, kontor_link(h.hash, r, c, op, who, t, subject, undoes, d));
  UPDATE org_head SET revision = r, hash = kontor_link(h.hash, r, c, op, who, t, subject, undoes, d), at = t WHERE org_id = o;
  RETURN r;
END $$;
