-- Checks that were run, with what they found: kept, because a check nobody remembers proves nothing.

CREATE TABLE check_run (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean NOT NULL DEFAULT false,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- The step under way, how many are done, and of how many.
  step text,
  done_steps int NOT NULL DEFAULT 0,
  all_steps int NOT NULL DEFAULT 0,
  holds boolean,
  revision int8,
  hash text,
  head_at timestamptz,
  findings jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX check_run_started ON check_run (org_id, started_at);
SELECT kontor_protect_record('check_run');

-- Rows of a full export on their way in. Like the staging of imports: no policies, reached by this alone.
CREATE UNLOGGED TABLE restore_row (
  org_id uuid NOT NULL,
  run_id uuid NOT NULL,
  tab text NOT NULL,
  line jsonb NOT NULL
);
CREATE INDEX restore_row_tab ON restore_row (org_id, run_id, tab);
GRANT SELECT, INSERT, UPDATE, DELETE ON restore_row TO kontor_app;

-- Whether nothing has been entered or imported yet: only such an organisation takes a full export in.
CREATE FUNCTION kontor_is_empty(o uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE tab text; found boolean;
BEGIN
  FOR tab IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'change_in' AND t.table_type = 'BASE TABLE'
    UNION ALL SELECT unnest(ARRAY['customer', 'product', 'contact', 'contract', 'activity', 'note', 'price'])
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE org_id = $1)', tab) INTO found USING o;
    IF found THEN RETURN false; END IF;
  END LOOP;
  RETURN true;
END $$;

-- Puts a staged full export in the place of an organisation that is empty: every version of every fact,
-- every record with its history, every change with its own day. It keeps the id it had where it came from,
-- because the chain begins with it: so the chain is the same chain, and must hold and end where the export
-- says. Owner's function: the app role writes no fact of an earlier change.
-- Gives the name that the empty organisation had in addresses.
-- KR001: not empty. KR002: the chain does not hold. KR003: lives here already.
CREATE FUNCTION kontor_restore(target uuid, run uuid, columns jsonb, o uuid, head_revision int8, head_hash bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET jit = off AS $$
DECLARE
  tab text; names text; filled text; kept org; link record;
  r int8 := 0; h bytea; last timestamptz := '-infinity';
BEGIN
  IF o IS DISTINCT FROM NULLIF(current_setting('kontor.org', true), '')::uuid THEN
    RAISE EXCEPTION 'kontor_restore works on the organisation that was entered';
  END IF;
  -- A writer that is under way ends before this, or finds no head and fails.
  PERFORM 1 FROM org_head WHERE org_id = target FOR UPDATE;
  SELECT * INTO kept FROM org WHERE org_id = target;
  IF kept.kind IS DISTINCT FROM 'own' OR NOT kontor_is_empty(target) THEN
    RAISE EXCEPTION USING ERRCODE = 'KR001', MESSAGE = 'the organisation is not empty';
  END IF;
  IF o <> target AND EXISTS (SELECT 1 FROM org WHERE org_id = o) THEN
    RAISE EXCEPTION USING ERRCODE = 'KR003', MESSAGE = 'the organisation lives here already';
  END IF;
  UPDATE team SET parent_id = NULL WHERE org_id = target;
  FOR tab IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
    ORDER BY CASE WHEN c.relname = 'org' THEN 3 WHEN c.relname IN ('person', 'team', 'import_batch') THEN 2 ELSE 1 END, c.relname
  LOOP
    EXECUTE format('DELETE FROM %I WHERE org_id = $1', tab) USING target;
  END LOOP;

  FOR tab IN SELECT key FROM jsonb_each(columns)
    ORDER BY CASE WHEN key IN ('org', 'person', 'team', 'import_batch') THEN 1 ELSE 2 END, key
  LOOP
    SELECT string_agg(quote_ident(c.value), ', '), string_agg('f.' || quote_ident(c.value), ', ')
      INTO names, filled FROM jsonb_array_elements_text(columns -> tab) c;
    EXECUTE format('INSERT INTO %1$I (org_id, %2$s) SELECT $3, %3$s FROM restore_row s, jsonb_populate_record(NULL::%1$I, s.line) f
      WHERE s.org_id = $1 AND s.run_id = $2 AND s.tab = %1$L', tab, names, filled) USING target, run, o;
  END LOOP;
  DELETE FROM restore_row WHERE org_id = target AND run_id = run;
  -- Files that waited to be applied stayed behind.
  UPDATE import_batch SET file_path = NULL,
    state = CASE WHEN state IN ('read', 'asking', 'ready', 'applying') THEN 'discarded' ELSE state END
    WHERE org_id = o;

  h := sha256(convert_to(o::text, 'UTF8'));
  FOR link IN SELECT * FROM change WHERE org_id = o ORDER BY revision LOOP
    r := r + 1;
    IF link.revision <> r OR link.previous_hash <> h OR link.at < last OR link.hash <> kontor_link(h, r,
      link.id, link.operation, link.actor, link.at, link.subject, link.undoes, link.digest) THEN
      RAISE EXCEPTION USING ERRCODE = 'KR002', MESSAGE = format('the chain does not hold at revision %s', r);
    END IF;
    h := link.hash;
    last := link.at;
  END LOOP;
  IF r <> head_revision OR h <> head_hash THEN
    RAISE EXCEPTION USING ERRCODE = 'KR002', MESSAGE = format('the chain ends at revision %s and not where the export says', r);
  END IF;
  INSERT INTO org_head (org_id, revision, hash, at) VALUES (o, r, h, CASE WHEN r = 0 THEN '2000-01-01' ELSE last END);

  INSERT INTO sale_day_seller
  SELECT o, on_day, coalesce(seller_id, '00000000-0000-0000-0000-000000000000'), source, kind,
    count(*), count(*) FILTER (WHERE owner), count(*) FILTER (WHERE base_amount IS NULL),
    count(*) FILTER (WHERE cost IS NOT NULL AND base_amount IS NOT NULL), sum(quantity), coalesce(sum(base_amount), 0),
    coalesce(sum(base_amount) FILTER (WHERE cost IS NOT NULL), 0), coalesce(sum(cost) FILTER (WHERE base_amount IS NOT NULL), 0)
  FROM sale WHERE org_id = o AND change_out IS NULL GROUP BY 2, 3, 4, 5;
  INSERT INTO sale_month_product
  SELECT o, (date_trunc('month', on_day::timestamp))::date, coalesce(product_id, '00000000-0000-0000-0000-000000000000'), source, kind,
    count(*), count(*) FILTER (WHERE owner), count(*) FILTER (WHERE base_amount IS NULL),
    count(*) FILTER (WHERE cost IS NOT NULL AND base_amount IS NOT NULL), sum(quantity), coalesce(sum(base_amount), 0),
    coalesce(sum(base_amount) FILTER (WHERE cost IS NOT NULL), 0), coalesce(sum(cost) FILTER (WHERE base_amount IS NOT NULL), 0)
  FROM sale WHERE org_id = o AND change_out IS NULL GROUP BY 2, 3, 4, 5;
  RETURN kept.slug;
END $$;
REVOKE ALL ON FUNCTION kontor_restore(uuid, uuid, jsonb, uuid, int8, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_restore(uuid, uuid, jsonb, uuid, int8, bytea) TO kontor_app;
