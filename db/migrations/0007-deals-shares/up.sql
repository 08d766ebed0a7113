-- Who else sold: rows only where a deal has several sellers; then one for each of them, shares adding to 1.

-- The index of that name makes room for the table.
ALTER INDEX deal_seller RENAME TO deal_of_seller;

CREATE TABLE deal_seller (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  deal_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  share numeric NOT NULL CHECK (share > 0 AND share <= 1),
  PRIMARY KEY (org_id, id, version)
);
CREATE INDEX deal_seller_deal ON deal_seller (org_id, deal_id) WHERE change_out IS NULL;
CREATE INDEX deal_seller_seller ON deal_seller (org_id, seller_id) WHERE change_out IS NULL;
CREATE INDEX deal_seller_past ON deal_seller (org_id, deal_id) WHERE change_out IS NOT NULL;
CREATE INDEX deal_seller_out ON deal_seller (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX deal_seller_in ON deal_seller USING brin (change_in);
SELECT kontor_protect_fact('deal_seller');

CREATE FUNCTION kontor_content(r deal_seller) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.deal_id::text, r.seller_id::text, r.share::text)
$$;

-- Open deals by stage, for the board.
CREATE INDEX deal_stage ON deal (org_id, stage_id, opened_on) WHERE change_out IS NULL AND closed_on IS NULL;
