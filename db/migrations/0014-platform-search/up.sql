-- Records are found by the beginnings of their words, and misspelt ones by likeness, without accents.

DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION 'Search needs the extension pg_trgm, which comes with PostgreSQL, and this role may not create it (%). Have an administrator run, once, in this database: CREATE EXTENSION pg_trgm; then start Kontor again', SQLERRM;
END $$;
-- Its settings are known once it is loaded, which it is not yet where it was there before.
SELECT similarity('', '');

-- Its words, each after a blank: small letters without accents and signs. An e after a, o or u falls away, so that
-- Müller, Mueller and Muller are one; as what falls away depends on the letters before only, the beginning of a
-- text has the beginning of its words. As in src/features/search/calc/words.ts. Plain letters take the short way,
-- because every candidate of a search comes through here.
CREATE FUNCTION kontor_words(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  y text := lower(x);
BEGIN
  IF octet_length(y) = length(y) THEN
    RETURN ' ' || btrim(regexp_replace(replace(replace(replace(y, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), '[^a-z0-9]+', ' ', 'g'));
  END IF;
  y := replace(replace(replace(replace(translate(lower(normalize(y, NFKD)), 'øłđðı', 'olddi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
  y := regexp_replace(regexp_replace(y, '[\u0300-\u036f]', '', 'g'), '([aou])e', '\1', 'g');
  RETURN ' ' || btrim(regexp_replace(y, '[\s\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u3003\u3008-\u301f\ufeff]+', ' ', 'g'));
END $$;

-- By state, because active records come first, however many archived ones lie between them.
CREATE INDEX customer_begins ON customer (org_id, state, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX customer_words ON customer USING gin (kontor_words(name_key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);
CREATE INDEX customer_number ON customer (org_id, external_id COLLATE "C") WHERE external_id IS NOT NULL;
CREATE INDEX contact_begins ON contact (org_id, state, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX contact_words ON contact USING gin (kontor_words(name_key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);
CREATE INDEX product_begins ON product (org_id, state, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX product_words ON product USING gin (kontor_words(name_key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);
CREATE INDEX product_number ON product (org_id, external_id COLLATE "C") WHERE external_id IS NOT NULL;
CREATE INDEX contract_begins ON contract (org_id, state, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX contract_words ON contract USING gin (kontor_words(name_key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);
CREATE INDEX alias_begins ON alias (org_id, state, (kontor_words(key)) COLLATE "C");
CREATE INDEX alias_words ON alias USING gin (kontor_words(key) gin_trgm_ops) WITH (gin_pending_list_limit = 256);
-- Sellers and teams are few: their table is read as a whole.

CREATE INDEX deal_number ON deal (org_id, external_id COLLATE "C") WHERE change_out IS NULL AND external_id IS NOT NULL;
CREATE INDEX order_head_number ON order_head (org_id, external_id COLLATE "C") WHERE change_out IS NULL;

-- The column by which a table is searched; raises where none is.
CREATE FUNCTION kontor_found_by(tab text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF tab = 'alias' THEN RETURN 'key'; END IF;
  IF tab IN ('customer', 'contact', 'product', 'contract', 'seller', 'team') THEN RETURN 'name_key'; END IF;
  RAISE EXCEPTION 'nothing is searched in %', tab;
END $$;

-- Owner's function, because row security keeps likeness away from every index; it compares the
-- organisation itself. First what begins with all that was typed (0 the whole name, 1 its beginning), then
-- names in which every word typed begins a word (2); archived records after all active ones. The planner takes the
-- costly look at every name for cheap: it may not read a table as a whole where there is an index, and IS TRUE keeps
-- it from reading all of an organisation by an index that knows nothing of words.
CREATE FUNCTION kontor_find(tab text, typed text, most int) RETURNS TABLE (id uuid, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public SET jit = off SET enable_seqscan = off AS $$
DECLARE
  org uuid := NULLIF(current_setting('kontor.org', true), '')::uuid;
  col text := kontor_found_by(tab);
  whole text := kontor_words(typed);
  -- Each word a condition of its own: of LIKE ALL no index knows anything. No word holds a sign that LIKE would read.
  holding text := (SELECT string_agg(format('kontor_words(t.%I) LIKE %L', col, '% ' || w || '%'), ' AND ')
    FROM unnest(string_to_array(btrim(whole), ' ')) w WHERE w <> '');
  found int := 0;
  more int;
  standing text;
BEGIN
  IF org IS NULL OR holding IS NULL THEN RETURN; END IF;
  FOREACH standing IN ARRAY ARRAY['active', 'archived'] LOOP
    RETURN QUERY EXECUTE format($q$
      WITH begins AS MATERIALIZED (
        SELECT t.id, CASE WHEN kontor_words(t.%2$I) = $2 THEN 0 ELSE 1 END AS rank, kontor_words(t.%2$I) AS words FROM %1$I t
        WHERE t.org_id = $1 AND t.state = $4 AND kontor_words(t.%2$I) COLLATE "C" >= $2 AND kontor_words(t.%2$I) COLLATE "C" < $2 || chr(1114111)
        ORDER BY kontor_words(t.%2$I) COLLATE "C" LIMIT $3
      ), holds AS MATERIALIZED (
        SELECT * FROM (
          SELECT t.id, 2 AS rank, kontor_words(t.%2$I) AS words FROM %1$I t
          WHERE (SELECT count(*) FROM begins) < $3 AND (t.org_id = $1) IS TRUE AND %3$s AND (t.state = $4) IS TRUE
            AND NOT EXISTS (SELECT 1 FROM begins b WHERE b.id = t.id) LIMIT $3 * 20
        ) x ORDER BY words COLLATE "C" LIMIT $3
      )
      SELECT f.id, f.rank FROM (SELECT * FROM begins UNION ALL SELECT * FROM holds) f ORDER BY f.rank, f.words COLLATE "C", f.id LIMIT $3
    $q$, tab, col, holding) USING org, whole, most - found, standing;
    GET DIAGNOSTICS more = ROW_COUNT;
    found := found + more;
    EXIT WHEN found >= most;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION kontor_find(text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_find(text, text, int) TO kontor_app;

-- Names like what was typed: for when nothing is found by the words as they are. Owner's function as kontor_find.
-- The likest first, because each look is bounded: a common word is like very many names.
CREATE FUNCTION kontor_find_alike(tab text, typed text, most int) RETURNS TABLE (id uuid, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public SET pg_trgm.word_similarity_threshold = 0.5 SET jit = off SET enable_seqscan = off AS $$
DECLARE
  org uuid := NULLIF(current_setting('kontor.org', true), '')::uuid;
  col text := kontor_found_by(tab);
  whole text := kontor_words(typed);
  found int;
  likeness text;
BEGIN
  IF org IS NULL OR length(btrim(whole)) < 4 THEN RETURN; END IF;
  FOREACH likeness IN ARRAY ARRAY['0.8', '0.5'] LOOP
    PERFORM set_config('pg_trgm.word_similarity_threshold', likeness, true);
    RETURN QUERY EXECUTE format($q$
      SELECT x.id, 3 FROM (
        SELECT t.id, t.state, kontor_words(t.%2$I) AS words FROM %1$I t
        WHERE (t.org_id = $1) IS TRUE AND $2 <%% kontor_words(t.%2$I) AND t.state <> 'removed' LIMIT 2000
      ) x ORDER BY x.state, word_similarity($2, x.words) DESC, similarity($2, x.words) DESC, x.id LIMIT $3
    $q$, tab, col) USING org, whole, most;
    GET DIAGNOSTICS found = ROW_COUNT;
    EXIT WHEN found > 0;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION kontor_find_alike(text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_find_alike(text, text, int) TO kontor_app;

-- Merged records: contacts have other names, too; what is known by a name is found by what it means; and
-- a staged row says when it is about a record under an old name or number.
ALTER TABLE alias DROP CONSTRAINT alias_entity_check;
ALTER TABLE alias ADD CONSTRAINT alias_entity_check CHECK (entity IN ('seller', 'person', 'team', 'customer', 'contact', 'product', 'industry', 'country'));
CREATE INDEX alias_meaning ON alias (org_id, entity_id) WHERE entity_id IS NOT NULL;
CREATE INDEX activity_contact ON activity (org_id, contact_id) WHERE contact_id IS NOT NULL;
-- name: the record keeps its own name · merged: the row changes nothing.
ALTER TABLE import_row ADD COLUMN known_by text CHECK (known_by IN ('name', 'merged'));
