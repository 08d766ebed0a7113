-- Records are found by the beginnings of their words, and misspelt ones by likeness, without accents.

DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION 'Search needs the extension pg_trgm, which comes with PostgreSQL, and this role may not create it (%). Have an administrator run, once, in this database: CREATE EXTENSION pg_trgm; then start Kontor again', SQLERRM;
END $$;

-- Its words, each after a blank: small letters without accents and signs. As in src/features/search/calc/words.ts.
CREATE FUNCTION kontor_words(x text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ' ' || btrim(regexp_replace(regexp_replace(
    replace(replace(replace(translate(normalize(lower(x), NFKD), 'øłđð', 'oldd'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
    '[\u0300-\u036f]', '', 'g'), '[\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e]+', ' ', 'g'))
$$;

CREATE INDEX customer_begins ON customer (org_id, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX customer_words ON customer USING gin (kontor_words(name_key) gin_trgm_ops);
CREATE INDEX customer_number ON customer (org_id, external_id COLLATE "C") WHERE external_id IS NOT NULL;
CREATE INDEX contact_begins ON contact (org_id, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX contact_words ON contact USING gin (kontor_words(name_key) gin_trgm_ops);
CREATE INDEX product_begins ON product (org_id, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX product_words ON product USING gin (kontor_words(name_key) gin_trgm_ops);
CREATE INDEX product_number ON product (org_id, external_id COLLATE "C") WHERE external_id IS NOT NULL;
CREATE INDEX contract_begins ON contract (org_id, (kontor_words(name_key)) COLLATE "C");
CREATE INDEX contract_words ON contract USING gin (kontor_words(name_key) gin_trgm_ops);
-- Sellers and teams are few: their table is read as a whole.

CREATE INDEX deal_number ON deal (org_id, external_id COLLATE "C") WHERE change_out IS NULL AND external_id IS NOT NULL;
CREATE INDEX order_head_number ON order_head (org_id, external_id COLLATE "C") WHERE change_out IS NULL;
CREATE INDEX order_line_number ON order_line (org_id, order_no COLLATE "C") WHERE change_out IS NULL AND order_no IS NOT NULL;

-- Owner's function, because row security keeps likeness away from every index; it compares the
-- organisation itself. First what begins with all that was typed (0 the whole name, 1 its beginning), then
-- names in which every word typed begins a word (2), and only where there is none: similar ones (3).
CREATE FUNCTION kontor_find(tab text, typed text, most int) RETURNS TABLE (id uuid, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET pg_trgm.word_similarity_threshold = 0.5 SET jit = off AS $$
DECLARE
  org uuid := NULLIF(current_setting('kontor.org', true), '')::uuid;
  whole text := kontor_words(typed);
  pattern text[] := ARRAY(SELECT '% ' || w || '%' FROM unnest(string_to_array(btrim(kontor_words(typed)), ' ')) w WHERE w <> '');
  found int;
BEGIN
  IF tab NOT IN ('customer', 'contact', 'product', 'contract', 'seller', 'team') THEN
    RAISE EXCEPTION 'nothing is searched in %', tab;
  END IF;
  IF org IS NULL OR cardinality(pattern) = 0 THEN RETURN; END IF;
  pattern := ARRAY(SELECT replace(replace(p, '\', '\\'), '_', '\_') FROM unnest(pattern) p);
  RETURN QUERY EXECUTE format($q$
    WITH begins AS MATERIALIZED (
      SELECT t.id, CASE WHEN kontor_words(t.name_key) = $2 THEN 0 ELSE 1 END AS rank, kontor_words(t.name_key) AS words FROM %1$I t
      WHERE t.org_id = $1 AND kontor_words(t.name_key) COLLATE "C" >= $2 AND kontor_words(t.name_key) COLLATE "C" < $2 || chr(1114111) AND t.state <> 'removed'
      ORDER BY kontor_words(t.name_key) COLLATE "C" LIMIT $4
    ), holds AS MATERIALIZED (
      SELECT * FROM (
        SELECT t.id, 2 AS rank, kontor_words(t.name_key) AS words FROM %1$I t
        WHERE (SELECT count(*) FROM begins) < $4 AND t.org_id = $1 AND kontor_words(t.name_key) LIKE ALL ($3) AND t.state <> 'removed'
          AND NOT EXISTS (SELECT 1 FROM begins b WHERE b.id = t.id) LIMIT $4 * 20
      ) some ORDER BY words COLLATE "C" LIMIT $4
    )
    SELECT f.id, f.rank FROM (SELECT * FROM begins UNION ALL SELECT * FROM holds) f ORDER BY f.rank, f.words COLLATE "C", f.id LIMIT $4
  $q$, tab) USING org, whole, pattern, most;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found > 0 OR length(btrim(whole)) < 4 THEN RETURN; END IF;
  RETURN QUERY EXECUTE format($q$
    SELECT t.id, 3 FROM %1$I t WHERE t.org_id = $1 AND $2 <%% kontor_words(t.name_key) AND t.state <> 'removed'
    ORDER BY word_similarity($2, kontor_words(t.name_key)) DESC, similarity($2, kontor_words(t.name_key)) DESC, t.id LIMIT $3
  $q$, tab) USING org, whole, most;
END $$;
REVOKE ALL ON FUNCTION kontor_find(text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_find(text, text, int) TO kontor_app;

-- Merged records: contacts have other names, too; what is known by a name is found by what it means; and
-- a staged row says when it is about a record under an old name or number.
ALTER TABLE alias DROP CONSTRAINT alias_entity_check;
ALTER TABLE alias ADD CONSTRAINT alias_entity_check CHECK (entity IN ('seller', 'person', 'team', 'customer', 'contact', 'product', 'industry', 'country'));
CREATE INDEX alias_meaning ON alias (org_id, entity_id) WHERE entity_id IS NOT NULL;
CREATE INDEX activity_contact ON activity (org_id, contact_id) WHERE contact_id IS NOT NULL;
-- name: the record keeps its own name · merged: the row changes nothing.
ALTER TABLE import_row ADD COLUMN known_by text CHECK (known_by IN ('name', 'merged'));
