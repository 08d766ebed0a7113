-- Stages, deals with stage entries, the sales ledger, its two rollups, the digest of a change and the commit.

CREATE TABLE stage (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  position int NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('open', 'won', 'lost')),
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX stage_name ON stage (org_id, name_key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('stage');

CREATE TABLE lost_reason (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX lost_reason_name ON lost_reason (org_id, name_key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('lost_reason');

CREATE TABLE deal (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  seller_id uuid,
  customer_id uuid,
  product_id uuid,
  stage_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('open', 'won', 'lost')),
  lost_reason_id uuid,
  opened_on date,
  closed_on date,
  quantity numeric NOT NULL DEFAULT 1,
  amount int8,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- Amount in the organisation's base currency; null when there is no amount or no rate.
  base_amount int8,
  PRIMARY KEY (org_id, id, version),
  CHECK ((outcome = 'open') = (closed_on IS NULL)),
  CHECK (opened_on IS NULL OR closed_on IS NULL OR opened_on <= closed_on)
);
CREATE INDEX deal_closed_on ON deal (org_id, closed_on) WHERE change_out IS NULL;
CREATE INDEX deal_seller ON deal (org_id, seller_id, closed_on) WHERE change_out IS NULL;
CREATE INDEX deal_customer ON deal (org_id, customer_id) WHERE change_out IS NULL;
CREATE UNIQUE INDEX deal_external ON deal (org_id, external_source, external_id) WHERE change_out IS NULL AND external_id IS NOT NULL;
CREATE INDEX deal_past ON deal (org_id, seller_id, closed_on) WHERE change_out IS NOT NULL;
CREATE INDEX deal_out ON deal (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX deal_in ON deal USING brin (change_in);
SELECT kontor_protect_fact('deal');

-- Stages between opening and closing, where somebody recorded them.
CREATE TABLE stage_entry (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  deal_id uuid NOT NULL,
  stage_id uuid NOT NULL,
  entered_on date NOT NULL,
  PRIMARY KEY (org_id, id, version)
);
CREATE INDEX stage_entry_deal ON stage_entry (org_id, deal_id) WHERE change_out IS NULL;
CREATE INDEX stage_entry_past ON stage_entry (org_id, deal_id) WHERE change_out IS NOT NULL;
CREATE INDEX stage_entry_out ON stage_entry (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX stage_entry_in ON stage_entry USING brin (change_in);
SELECT kontor_protect_fact('stage_entry');

CREATE TABLE sale (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  deal_id uuid,
  order_no text,
  line_no int,
  group_id uuid,
  -- The row that counts when several sellers share one sale.
  owner boolean NOT NULL DEFAULT true,
  seller_id uuid,
  share numeric NOT NULL DEFAULT 1,
  customer_id uuid,
  product_id uuid,
  source text NOT NULL CHECK (source IN ('deals', 'orders')),
  kind text NOT NULL CHECK (kind IN ('sale', 'return')),
  on_day date NOT NULL,
  quantity numeric NOT NULL,
  amount int8 NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  base_amount int8,
  rate_id uuid,
  cost int8,
  list_amount int8,
  PRIMARY KEY (org_id, id, version)
);
CREATE INDEX sale_day ON sale (org_id, on_day) WHERE change_out IS NULL;
CREATE INDEX sale_seller ON sale (org_id, seller_id, on_day) WHERE change_out IS NULL;
CREATE INDEX sale_customer ON sale (org_id, customer_id, on_day) WHERE change_out IS NULL;
CREATE INDEX sale_deal ON sale (org_id, deal_id) WHERE change_out IS NULL AND deal_id IS NOT NULL;
CREATE INDEX sale_past ON sale (org_id, seller_id, on_day) WHERE change_out IS NOT NULL;
CREATE INDEX sale_out ON sale (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX sale_in ON sale USING brin (change_in);
SELECT kontor_protect_fact('sale');

CREATE FUNCTION kontor_content(r deal) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, quote_literal(r.external_source), quote_nullable(r.external_id),
    coalesce(r.seller_id::text, '-'), coalesce(r.customer_id::text, '-'), coalesce(r.product_id::text, '-'), r.stage_id::text,
    r.outcome, coalesce(r.lost_reason_id::text, '-'), coalesce((r.opened_on - DATE '2000-01-01')::text, '-'),
    coalesce((r.closed_on - DATE '2000-01-01')::text, '-'), r.quantity::text, coalesce(r.amount::text, '-'), r.currency,
    coalesce(r.base_amount::text, '-'))
$$;
CREATE FUNCTION kontor_content(r stage_entry) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.deal_id::text, r.stage_id::text,
    (r.entered_on - DATE '2000-01-01')::text)
$$;
CREATE FUNCTION kontor_content(r sale) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, coalesce(r.deal_id::text, '-'), quote_nullable(r.order_no),
    coalesce(r.line_no::text, '-'), coalesce(r.group_id::text, '-'), r.owner::text, coalesce(r.seller_id::text, '-'), r.share::text,
    coalesce(r.customer_id::text, '-'), coalesce(r.product_id::text, '-'), r.source, r.kind, (r.on_day - DATE '2000-01-01')::text,
    r.quantity::text, r.amount::text, r.currency, coalesce(r.base_amount::text, '-'), coalesce(r.rate_id::text, '-'),
    coalesce(r.cost::text, '-'), coalesce(r.list_amount::text, '-'))
$$;

-- Rollups. Nobody (no seller, no product) is the nil id, because a key has no nulls.
-- cost_base is the base amount of the rows that have a cost: margin = cost_base - cost.
CREATE TABLE sale_day_seller (
  org_id uuid NOT NULL, on_day date NOT NULL, seller_id uuid NOT NULL, source text NOT NULL, kind text NOT NULL,
  row_count int8 NOT NULL, owner_count int8 NOT NULL, unrated_count int8 NOT NULL, cost_count int8 NOT NULL,
  quantity numeric NOT NULL, base_amount int8 NOT NULL, cost_base int8 NOT NULL, cost int8 NOT NULL,
  PRIMARY KEY (org_id, on_day, seller_id, source, kind)
);
CREATE INDEX sale_day_seller_seller ON sale_day_seller (org_id, seller_id, on_day);
CREATE TABLE sale_day_seller_delta (
  org_id uuid NOT NULL, on_day date NOT NULL, seller_id uuid NOT NULL, source text NOT NULL, kind text NOT NULL,
  row_count int8 NOT NULL, owner_count int8 NOT NULL, unrated_count int8 NOT NULL, cost_count int8 NOT NULL,
  quantity numeric NOT NULL, base_amount int8 NOT NULL, cost_base int8 NOT NULL, cost int8 NOT NULL
);
CREATE INDEX sale_day_seller_delta_day ON sale_day_seller_delta (org_id, on_day);
CREATE TABLE sale_month_product (
  org_id uuid NOT NULL, month_on date NOT NULL, product_id uuid NOT NULL, source text NOT NULL, kind text NOT NULL,
  row_count int8 NOT NULL, owner_count int8 NOT NULL, unrated_count int8 NOT NULL, cost_count int8 NOT NULL,
  quantity numeric NOT NULL, base_amount int8 NOT NULL, cost_base int8 NOT NULL, cost int8 NOT NULL,
  PRIMARY KEY (org_id, month_on, product_id, source, kind)
);
CREATE TABLE sale_month_product_delta (
  org_id uuid NOT NULL, month_on date NOT NULL, product_id uuid NOT NULL, source text NOT NULL, kind text NOT NULL,
  row_count int8 NOT NULL, owner_count int8 NOT NULL, unrated_count int8 NOT NULL, cost_count int8 NOT NULL,
  quantity numeric NOT NULL, base_amount int8 NOT NULL, cost_base int8 NOT NULL, cost int8 NOT NULL
);
CREATE INDEX sale_month_product_delta_month ON sale_month_product_delta (org_id, month_on);
SELECT kontor_protect_record('sale_day_seller');
SELECT kontor_protect_record('sale_day_seller_delta', true);
SELECT kontor_protect_record('sale_month_product');
SELECT kontor_protect_record('sale_month_product_delta', true);

-- Rows that a change put in count plus, rows it closed count minus.
CREATE FUNCTION kontor_roll_up(o uuid, c uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sale_day_seller_delta
  SELECT o, on_day, coalesce(seller_id, '00000000-0000-0000-0000-000000000000'), source, kind,
    sum(sign), coalesce(sum(sign) FILTER (WHERE owner), 0), coalesce(sum(sign) FILTER (WHERE base_amount IS NULL), 0),
    coalesce(sum(sign) FILTER (WHERE cost IS NOT NULL AND base_amount IS NOT NULL), 0),
    sum(sign * quantity), coalesce(sum(sign * base_amount), 0),
    coalesce(sum(sign * base_amount) FILTER (WHERE cost IS NOT NULL), 0), coalesce(sum(sign * cost) FILTER (WHERE base_amount IS NOT NULL), 0)
  FROM (
    SELECT 1 AS sign, s.* FROM sale s WHERE s.org_id = o AND s.change_in = c
    UNION ALL
    SELECT -1, s.* FROM sale s WHERE s.org_id = o AND s.change_out = c
  ) moved GROUP BY 2, 3, 4, 5;
  INSERT INTO sale_month_product_delta
  SELECT o, (date_trunc('month', on_day::timestamp))::date, coalesce(product_id, '00000000-0000-0000-0000-000000000000'), source, kind,
    sum(sign), coalesce(sum(sign) FILTER (WHERE owner), 0), coalesce(sum(sign) FILTER (WHERE base_amount IS NULL), 0),
    coalesce(sum(sign) FILTER (WHERE cost IS NOT NULL AND base_amount IS NOT NULL), 0),
    sum(sign * quantity), coalesce(sum(sign * base_amount), 0),
    coalesce(sum(sign * base_amount) FILTER (WHERE cost IS NOT NULL), 0), coalesce(sum(sign * cost) FILTER (WHERE base_amount IS NOT NULL), 0)
  FROM (
    SELECT 1 AS sign, s.* FROM sale s WHERE s.org_id = o AND s.change_in = c
    UNION ALL
    SELECT -1, s.* FROM sale s WHERE s.org_id = o AND s.change_out = c
  ) moved GROUP BY 2, 3, 4, 5;
END $$;

-- Folds deltas into the rollups. Only under REPEATABLE READ: under READ COMMITTED the DELETE would
-- remove deltas that the INSERT has not seen, and money would be lost.
CREATE FUNCTION kontor_fold(o uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'repeatable read' THEN
    RAISE EXCEPTION 'kontor_fold needs a REPEATABLE READ transaction';
  END IF;
  INSERT INTO sale_day_seller AS r
  SELECT org_id, on_day, seller_id, source, kind, sum(row_count), sum(owner_count), sum(unrated_count), sum(cost_count),
    sum(quantity), sum(base_amount), sum(cost_base), sum(cost)
  FROM sale_day_seller_delta WHERE org_id = o GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (org_id, on_day, seller_id, source, kind) DO UPDATE SET
    row_count = r.row_count + excluded.row_count, owner_count = r.owner_count + excluded.owner_count,
    unrated_count = r.unrated_count + excluded.unrated_count, cost_count = r.cost_count + excluded.cost_count,
    quantity = r.quantity + excluded.quantity, base_amount = r.base_amount + excluded.base_amount,
    cost_base = r.cost_base + excluded.cost_base, cost = r.cost + excluded.cost;
  DELETE FROM sale_day_seller_delta WHERE org_id = o;
  INSERT INTO sale_month_product AS r
  SELECT org_id, month_on, product_id, source, kind, sum(row_count), sum(owner_count), sum(unrated_count), sum(cost_count),
    sum(quantity), sum(base_amount), sum(cost_base), sum(cost)
  FROM sale_month_product_delta WHERE org_id = o GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (org_id, month_on, product_id, source, kind) DO UPDATE SET
    row_count = r.row_count + excluded.row_count, owner_count = r.owner_count + excluded.owner_count,
    unrated_count = r.unrated_count + excluded.unrated_count, cost_count = r.cost_count + excluded.cost_count,
    quantity = r.quantity + excluded.quantity, base_amount = r.base_amount + excluded.base_amount,
    cost_base = r.cost_base + excluded.cost_base, cost = r.cost + excluded.cost;
  DELETE FROM sale_month_product_delta WHERE org_id = o;
END $$;

-- Names every row a change put in or closed, by content, and its history rows by their stored hash.
CREATE FUNCTION kontor_digest(o uuid, c uuid) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(string_agg(p.h, ''::bytea ORDER BY p.t COLLATE "C", p.id, p.version, p.w COLLATE "C"), ''::bytea))
  FROM (
    SELECT 'deal' AS t, d.id, d.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(d), 'UTF8')) AS h FROM deal d WHERE d.org_id = o AND d.change_in = c
    UNION ALL
    SELECT 'deal', d.id, d.version, 'o', sha256(convert_to('o|' || kontor_content(d), 'UTF8')) FROM deal d WHERE d.org_id = o AND d.change_out = c
    UNION ALL
    SELECT 'membership', m.id, m.version, 'i', sha256(convert_to('i|' || kontor_content(m), 'UTF8')) FROM membership m WHERE m.org_id = o AND m.change_in = c
    UNION ALL
    SELECT 'membership', m.id, m.version, 'o', sha256(convert_to('o|' || kontor_content(m), 'UTF8')) FROM membership m WHERE m.org_id = o AND m.change_out = c
    UNION ALL
    SELECT 'sale', s.id, s.version, 'i', sha256(convert_to('i|' || kontor_content(s), 'UTF8')) FROM sale s WHERE s.org_id = o AND s.change_in = c
    UNION ALL
    SELECT 'sale', s.id, s.version, 'o', sha256(convert_to('o|' || kontor_content(s), 'UTF8')) FROM sale s WHERE s.org_id = o AND s.change_out = c
    UNION ALL
    SELECT 'stage_entry', e.id, e.version, 'i', sha256(convert_to('i|' || kontor_content(e), 'UTF8')) FROM stage_entry e WHERE e.org_id = o AND e.change_in = c
    UNION ALL
    SELECT 'stage_entry', e.id, e.version, 'o', sha256(convert_to('o|' || kontor_content(e), 'UTF8')) FROM stage_entry e WHERE e.org_id = o AND e.change_out = c
    UNION ALL
    SELECT 'history:' || h.entity, h.entity_id, h.version, 'h',
      sha256(convert_to(concat_ws('|', h.entity, h.entity_id::text, h.version::text, ''), 'UTF8') || h.row_hash)
    FROM history h WHERE h.org_id = o AND h.change_id = c
  ) p
$$;

CREATE FUNCTION kontor_link(previous bytea, revision int8, c uuid, op text, who uuid, at timestamptz, subject jsonb, undoes uuid, digest bytea)
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(previous || int8send(revision) || convert_to(concat_ws('|', c::text, op, who::text,
    extract(epoch FROM at)::text, subject::text, coalesce(undoes::text, '-')), 'UTF8') || digest)
$$;

-- The last statement before COMMIT of every writer: rollup deltas, the link of the chain, the period lock.
CREATE FUNCTION kontor_commit(o uuid, c uuid, op text, who uuid, subject jsonb, undoes uuid) RETURNS int8 LANGUAGE plpgsql AS $$
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

-- Fresh statistics after much was written at once: without them the planner takes a full table for an
-- empty one. Owner's function: the app role may not ANALYZE.
CREATE FUNCTION kontor_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  ANALYZE change, history, seller, person, team, membership, customer, product, deal, stage_entry, sale,
    sale_day_seller, sale_month_product;
END $$;
REVOKE ALL ON FUNCTION kontor_analyze() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_analyze() TO kontor_app;

-- Takes the demo organisation away, whole. Owner's function: the app role deletes no facts.
CREATE FUNCTION kontor_remove_demo(o uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE tab text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM org WHERE org_id = o AND kind = 'demo') THEN
    RAISE EXCEPTION 'only a demo organisation can be removed';
  END IF;
  UPDATE team SET parent_id = NULL WHERE org_id = o;
  FOR tab IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'org_id' AND t.table_type = 'BASE TABLE'
    ORDER BY CASE WHEN c.table_name = 'org' THEN 3 WHEN c.table_name IN ('person', 'team', 'import_batch') THEN 2 ELSE 1 END, c.table_name
  LOOP
    EXECUTE format('DELETE FROM %I WHERE org_id = $1', tab) USING o;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION kontor_remove_demo(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_remove_demo(uuid) TO kontor_app;
