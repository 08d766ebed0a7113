-- Two indexes hold what most questions ask of a fact, so that its row is not fetched: closed and open deals by
-- day, and the purchases of each customer in the order of time, of which the first is the one that counts as new.

DROP INDEX deal_closed_on;
CREATE INDEX deal_closed_on ON deal (org_id, closed_on)
  INCLUDE (seller_id, stage_id, outcome, opened_on, amount, base_amount) WHERE change_out IS NULL;

DROP INDEX sale_customer;
CREATE INDEX sale_customer ON sale (org_id, customer_id, on_day, id)
  INCLUDE (kind, source) WHERE change_out IS NULL;
