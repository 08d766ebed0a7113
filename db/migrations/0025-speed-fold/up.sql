-- What is folded is written in the order of days, so that a year of it lies together: asked for, it was fetched row by
-- row from all over the table (34,000 looks for 33,700 rows).

-- Folds deltas into the rollups. Only under REPEATABLE READ: under READ COMMITTED the DELETE would
-- remove deltas that the INSERT has not seen, and money would be lost.
CREATE OR REPLACE FUNCTION kontor_fold(o uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'repeatable read' THEN
    RAISE EXCEPTION 'kontor_fold needs a REPEATABLE READ transaction';
  END IF;
  INSERT INTO sale_day_seller AS r
  SELECT org_id, on_day, seller_id, source, kind, sum(row_count), sum(owner_count), sum(unrated_count), sum(cost_count),
    sum(quantity), sum(base_amount), sum(cost_base), sum(cost)
  FROM sale_day_seller_delta WHERE org_id = o GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (org_id, on_day, seller_id, source, kind) DO UPDATE SET
    row_count = r.row_count + excluded.row_count, owner_count = r.owner_count + excluded.owner_count,
    unrated_count = r.unrated_count + excluded.unrated_count, cost_count = r.cost_count + excluded.cost_count,
    quantity = r.quantity + excluded.quantity, base_amount = r.base_amount + excluded.base_amount,
    cost_base = r.cost_base + excluded.cost_base, cost = r.cost + excluded.cost;
  DELETE FROM sale_day_seller_delta WHERE org_id = o;
  INSERT INTO sale_month_product AS r
  SELECT org_id, month_on, product_id, source, kind, sum(row_count), sum(owner_count), sum(unrated_count), sum(cost_count),
    sum(quantity), sum(base_amount), sum(cost_base), sum(cost)
  FROM sale_month_product_delta WHERE org_id = o GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (org_id, month_on, product_id, source, kind) DO UPDATE SET
    row_count = r.row_count + excluded.row_count, owner_count = r.owner_count + excluded.owner_count,
    unrated_count = r.unrated_count + excluded.unrated_count, cost_count = r.cost_count + excluded.cost_count,
    quantity = r.quantity + excluded.quantity, base_amount = r.base_amount + excluded.base_amount,
    cost_base = r.cost_base + excluded.cost_base, cost = r.cost + excluded.cost;
  DELETE FROM sale_month_product_delta WHERE org_id = o;
END $$;
