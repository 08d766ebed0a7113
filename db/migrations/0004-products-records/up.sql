-- Products with family, list price and cost.

CREATE TABLE product (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  family text,
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  list_price int8,
  cost int8,
  traits jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (org_id, id),
  CHECK ((list_price IS NULL AND cost IS NULL) OR currency IS NOT NULL)
);
CREATE INDEX product_name ON product (org_id, name_key COLLATE "C", id);
CREATE UNIQUE INDEX product_external ON product (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('product');
