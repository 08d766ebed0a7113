-- Names are found in a fraction of the time: statements are planned once in a session instead of twice in each search,
-- and what many names hold is read in the order of the names until enough are found.

-- The settings of pg_trgm are known once it is loaded.
SELECT similarity('', '');

-- One for each table: what is planned once must know its table. Who calls them says which organisation; so only the
-- owner may, from the two functions below. The index holds all that walking along the names asks for.
DO $$
DECLARE
  tab text;
  col text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['customer', 'contact', 'product', 'contract', 'alias', 'seller', 'team', 'goal_found'] LOOP
    col := kontor_found_by(tab);
    IF tab NOT IN ('seller', 'team', 'goal_found') THEN
      EXECUTE format('DROP INDEX %I', tab || '_begins');
      EXECUTE format('CREATE INDEX %I ON %I (org_id, state, (kontor_words(%I)) COLLATE "C") INCLUDE (%I, id)', tab || '_begins', tab, col, col);
    END IF;

    -- Of one state: what begins with all that was typed, then what holds every word of it (`patterns`). The index of
    -- trigrams is asked by the beginnings of the two longest words, `first` and `second`, the latter empty for one word.
    EXECUTE format($make$
      CREATE FUNCTION kontor_found_in_%1$s(org uuid, standing text, whole text, patterns text[], first text, second text, most int)
      RETURNS TABLE (id uuid, rank int, words text) LANGUAGE plpgsql STABLE AS $body$
      DECLARE
        n int;
        ids uuid[];
        names text[];
      BEGIN
        RETURN QUERY
          SELECT t.id, CASE WHEN kontor_words(t.%2$I) = whole THEN 0 ELSE 1 END, kontor_words(t.%2$I) FROM %1$I t
          WHERE t.org_id = org AND t.state = standing
            AND kontor_words(t.%2$I) COLLATE "C" >= whole AND kontor_words(t.%2$I) COLLATE "C" < whole || chr(1114111)
          ORDER BY kontor_words(t.%2$I) COLLATE "C" LIMIT most;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n >= most THEN RETURN; END IF;

        -- What many names hold is met among the first of them, in their order: then not all of them need be listed.
        SELECT array_agg(e.id), array_agg(e.words) INTO ids, names FROM (
          SELECT x.id, x.words FROM (
            SELECT t.id, kontor_words(t.%2$I) AS words FROM %1$I t WHERE t.org_id = org AND t.state = standing
            ORDER BY kontor_words(t.%2$I) COLLATE "C" LIMIT 3000
          ) x WHERE x.words LIKE patterns[1] AND x.words LIKE ALL (patterns[2:]) AND NOT starts_with(x.words, whole) LIMIT most - n
        ) e;
        IF cardinality(ids) >= most - n THEN
          RETURN QUERY SELECT u.id, 2, u.words FROM unnest(ids, names) AS u(id, words);
          RETURN;
        END IF;

        -- IS TRUE keeps the planner from reading all of an organisation by an index that knows nothing of words.
        IF second = '' THEN
          RETURN QUERY SELECT y.id, 2, y.words FROM (
            SELECT x.id, x.words FROM (
              SELECT t.id, kontor_words(t.%2$I) AS words FROM %1$I t
              WHERE (t.org_id = org) IS TRUE AND (t.state = standing) IS TRUE AND kontor_words(t.%2$I) LIKE first OFFSET 0
            ) x WHERE x.words LIKE ALL (patterns) AND NOT starts_with(x.words, whole) LIMIT most * 20
          ) y ORDER BY y.words COLLATE "C", y.id LIMIT most - n;
        ELSE
          RETURN QUERY SELECT y.id, 2, y.words FROM (
            SELECT x.id, x.words FROM (
              SELECT t.id, kontor_words(t.%2$I) AS words FROM %1$I t
              WHERE (t.org_id = org) IS TRUE AND (t.state = standing) IS TRUE
                AND kontor_words(t.%2$I) LIKE first AND kontor_words(t.%2$I) LIKE second OFFSET 0
            ) x WHERE x.words LIKE ALL (patterns) AND NOT starts_with(x.words, whole) LIMIT most * 20
          ) y ORDER BY y.words COLLATE "C", y.id LIMIT most - n;
        END IF;
      END $body$
    $make$, tab, col);
    EXECUTE format('REVOKE ALL ON FUNCTION kontor_found_in_%s(uuid, text, text, text[], text, text, int) FROM PUBLIC', tab);

    EXECUTE format($make$
      CREATE FUNCTION kontor_alike_in_%1$s(org uuid, whole text, most int)
      RETURNS TABLE (id uuid) LANGUAGE plpgsql STABLE AS $body$
      BEGIN
        RETURN QUERY SELECT x.id FROM (
          SELECT t.id, t.state, kontor_words(t.%2$I) AS words FROM %1$I t
          WHERE (t.org_id = org) IS TRUE AND whole <%% kontor_words(t.%2$I) AND t.state <> 'removed' LIMIT 2000
        ) x ORDER BY x.state, word_similarity(whole, x.words) DESC, similarity(whole, x.words) DESC, x.id LIMIT most;
      END $body$
    $make$, tab, col);
    EXECUTE format('REVOKE ALL ON FUNCTION kontor_alike_in_%s(uuid, text, int) FROM PUBLIC', tab);
  END LOOP;
END $$;

-- Goals are found through a view, which also asks whose they are.
DROP INDEX goal_begins;
CREATE INDEX goal_begins ON goal (org_id, state, (kontor_words(name_key)) COLLATE "C") INCLUDE (name_key, id, owner_id);

-- As before: owner's function, which compares the organisation itself; archived records after all active ones.
CREATE OR REPLACE FUNCTION kontor_find(tab text, typed text, most int) RETURNS TABLE (id uuid, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  org uuid := NULLIF(current_setting('kontor.org', true), '')::uuid;
  whole text := kontor_words(typed);
  -- The longest first; no word holds a sign that LIKE would read.
  typed_words text[] := (SELECT array_agg(w ORDER BY length(w) DESC, w COLLATE "C")
    FROM unnest(string_to_array(btrim(whole), ' ')) w WHERE w <> '');
  patterns text[] := (SELECT array_agg('% ' || w || '%') FROM unnest(typed_words) w);
  -- Each letter more is one list more to go through, and after a few of them hardly a name less.
  first text := '% ' || left(typed_words[1], 4) || '%';
  second text := coalesce('% ' || left(typed_words[2], 4) || '%', '');
  found int := 0;
  more int;
  standing text;
BEGIN
  IF org IS NULL OR patterns IS NULL THEN RETURN; END IF;
  FOREACH standing IN ARRAY ARRAY['active', 'archived'] LOOP
    IF tab = 'customer' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_customer(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'contact' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_contact(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'product' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_product(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'contract' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_contract(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'alias' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_alias(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'seller' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_seller(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'team' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_team(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSIF tab = 'goal_found' THEN RETURN QUERY SELECT f.id, f.rank FROM kontor_found_in_goal_found(org, standing, whole, patterns, first, second, most - found) f ORDER BY f.rank, f.words COLLATE "C", f.id;
    ELSE RAISE EXCEPTION 'nothing is searched in %', tab;
    END IF;
    GET DIAGNOSTICS more = ROW_COUNT;
    found := found + more;
    EXIT WHEN found >= most;
  END LOOP;
END $$;

-- As before: the likest first, because each look is bounded.
CREATE OR REPLACE FUNCTION kontor_find_alike(tab text, typed text, most int) RETURNS TABLE (id uuid, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public SET pg_trgm.word_similarity_threshold = 0.5 SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  org uuid := NULLIF(current_setting('kontor.org', true), '')::uuid;
  whole text := kontor_words(typed);
  found int;
  likeness text;
BEGIN
  IF org IS NULL OR length(btrim(whole)) < 4 THEN RETURN; END IF;
  FOREACH likeness IN ARRAY ARRAY['0.8', '0.5'] LOOP
    PERFORM set_config('pg_trgm.word_similarity_threshold', likeness, true);
    IF tab = 'customer' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_customer(org, whole, most) f;
    ELSIF tab = 'contact' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_contact(org, whole, most) f;
    ELSIF tab = 'product' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_product(org, whole, most) f;
    ELSIF tab = 'contract' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_contract(org, whole, most) f;
    ELSIF tab = 'alias' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_alias(org, whole, most) f;
    ELSIF tab = 'seller' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_seller(org, whole, most) f;
    ELSIF tab = 'team' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_team(org, whole, most) f;
    ELSIF tab = 'goal_found' THEN RETURN QUERY SELECT f.id, 3 FROM kontor_alike_in_goal_found(org, whole, most) f;
    ELSE RAISE EXCEPTION 'nothing is searched in %', tab;
    END IF;
    GET DIAGNOSTICS found = ROW_COUNT;
    EXIT WHEN found > 0;
  END LOOP;
END $$;
