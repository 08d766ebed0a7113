-- Names every row a change put in or closed, by content, and its history rows by their stored hash.
-- Digests of earlier changes stay what they were: they have no rows in the tables that came later.
CREATE OR REPLACE FUNCTION kontor_digest(o uuid, c uuid) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(string_agg(p.h, ''::bytea ORDER BY p.t COLLATE "C", p.id, p.version, p.w COLLATE "C"), ''::bytea))
  FROM (
    SELECT 'customer_case' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM customer_case x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'customer_case' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM customer_case x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'deal' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM deal x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'deal' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM deal x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'deal_seller' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM deal_seller x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'deal_seller' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM deal_seller x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'membership' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM membership x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'membership' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM membership x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'order_head' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM order_head x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'order_head' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM order_head x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'order_line' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM order_line x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'order_line' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM order_line x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'rate' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM rate x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'rate' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM rate x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'sale' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM sale x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'sale' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM sale x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'stage_entry' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM stage_entry x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'stage_entry' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM stage_entry x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'survey_answer' AS t, x.id, x.version, 'i' AS w, sha256(convert_to('i|' || kontor_content(x), 'UTF8')) AS h FROM survey_answer x WHERE x.org_id = o AND x.change_in = c
    UNION ALL
    SELECT 'survey_answer' AS t, x.id, x.version, 'o' AS w, sha256(convert_to('o|' || kontor_content(x), 'UTF8')) AS h FROM survey_answer x WHERE x.org_id = o AND x.change_out = c
    UNION ALL
    SELECT 'history:' || h.entity AS t, h.entity_id AS id, h.version, 'h' AS w,
      sha256(convert_to(concat_ws('|', h.entity, h.entity_id::text, h.version::text, ''), 'UTF8') || h.row_hash) AS h
    FROM history h WHERE h.org_id = o AND h.change_id = c
  ) p
$$;

CREATE OR REPLACE FUNCTION kontor_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  ANALYZE change, history, seller, person, team, membership, customer, contact, product, price, deal, deal_seller, stage_entry,
    order_head, order_line, contract, rate, activity, survey_answer, customer_case, sale, sale_day_seller, sale_month_product;
END $$;
