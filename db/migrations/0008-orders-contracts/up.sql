-- Orders as they come: heads and lines, joined by the order's number, whichever comes first. What a line
-- does not say itself comes from its head; the sales they make stand in the ledger.

CREATE TABLE order_head (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  external_source text NOT NULL DEFAULT '',
  -- The order's number, or a key of its content where it has none.
  external_id text NOT NULL,
  deal_id uuid,
  -- Number of the deal as a file gave it: the deal may come later.
  deal_no text,
  seller_id uuid,
  customer_id uuid,
  on_day date,
  kind text NOT NULL DEFAULT 'sale' CHECK (kind IN ('sale', 'return')),
  -- Number of the order that came back, of a return that belongs to one.
  return_of text,
  -- Only where the order is known as a whole, without lines.
  amount int8,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  PRIMARY KEY (org_id, id, version)
);
CREATE UNIQUE INDEX order_head_external ON order_head (org_id, external_source, external_id) WHERE change_out IS NULL;
CREATE INDEX order_head_day ON order_head (org_id, on_day, id) WHERE change_out IS NULL;
CREATE INDEX order_head_customer ON order_head (org_id, customer_id, on_day) WHERE change_out IS NULL;
CREATE INDEX order_head_seller ON order_head (org_id, seller_id, on_day) WHERE change_out IS NULL;
CREATE INDEX order_head_deal ON order_head (org_id, deal_id) WHERE change_out IS NULL AND deal_id IS NOT NULL;
CREATE INDEX order_head_deal_no ON order_head (org_id, deal_no) WHERE change_out IS NULL AND deal_id IS NULL AND deal_no IS NOT NULL;
CREATE INDEX order_head_return ON order_head (org_id, return_of) WHERE change_out IS NULL AND return_of IS NOT NULL;
CREATE INDEX order_head_past ON order_head (org_id, external_id) WHERE change_out IS NOT NULL;
CREATE INDEX order_head_out ON order_head (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX order_head_in ON order_head USING brin (change_in);
SELECT kontor_protect_fact('order_head');

CREATE TABLE order_line (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  external_source text NOT NULL DEFAULT '',
  -- Recognises the line again: order number with line number, else with product and count, else content.
  external_id text NOT NULL,
  order_no text,
  line_no int,
  seller_id uuid,
  customer_id uuid,
  product_id uuid,
  on_day date,
  kind text CHECK (kind IN ('sale', 'return')),
  quantity numeric NOT NULL DEFAULT 1 CHECK (quantity >= 0),
  price numeric,
  -- 0 to 1.
  discount numeric CHECK (discount BETWEEN 0 AND 1),
  amount int8 NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  cost int8,
  PRIMARY KEY (org_id, id, version)
);
CREATE UNIQUE INDEX order_line_external ON order_line (org_id, external_source, external_id) WHERE change_out IS NULL;
CREATE INDEX order_line_order ON order_line (org_id, order_no) WHERE change_out IS NULL AND order_no IS NOT NULL;
CREATE INDEX order_line_lone ON order_line (org_id, on_day, id) WHERE change_out IS NULL AND order_no IS NULL;
CREATE INDEX order_line_product ON order_line (org_id, product_id) WHERE change_out IS NULL;
CREATE INDEX order_line_past ON order_line (org_id, order_no) WHERE change_out IS NOT NULL;
CREATE INDEX order_line_out ON order_line (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX order_line_in ON order_line USING brin (change_in);
SELECT kontor_protect_fact('order_line');

CREATE FUNCTION kontor_content(r order_head) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, quote_literal(r.external_source), quote_literal(r.external_id),
    coalesce(r.deal_id::text, '-'), quote_nullable(r.deal_no), coalesce(r.seller_id::text, '-'), coalesce(r.customer_id::text, '-'),
    coalesce((r.on_day - DATE '2000-01-01')::text, '-'), r.kind, quote_nullable(r.return_of), coalesce(r.amount::text, '-'),
    r.currency)
$$;
CREATE FUNCTION kontor_content(r order_line) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, quote_literal(r.external_source), quote_literal(r.external_id),
    quote_nullable(r.order_no), coalesce(r.line_no::text, '-'), coalesce(r.seller_id::text, '-'), coalesce(r.customer_id::text, '-'),
    coalesce(r.product_id::text, '-'), coalesce((r.on_day - DATE '2000-01-01')::text, '-'), coalesce(r.kind, '-'), r.quantity::text,
    coalesce(r.price::text, '-'), coalesce(r.discount::text, '-'), r.amount::text, r.currency, coalesce(r.cost::text, '-'))
$$;

-- Sales of an order, and sales of a product within a time.
CREATE INDEX sale_order ON sale (org_id, order_no) WHERE change_out IS NULL AND order_no IS NOT NULL;
CREATE INDEX sale_product ON sale (org_id, product_id, on_day) WHERE change_out IS NULL;

-- From this day (the first of a month) until the next entry, sales of this source count. Without any: deals.
CREATE TABLE revenue_source (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  source text NOT NULL CHECK (source IN ('deals', 'orders')),
  valid_from date NOT NULL DEFAULT '0001-01-01' CHECK (extract(day FROM valid_from) = 1),
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX revenue_source_from ON revenue_source (org_id, valid_from) WHERE state <> 'removed';
SELECT kontor_protect_record('revenue_source');

CREATE TABLE contract (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  customer_id uuid,
  product_id uuid,
  seller_id uuid,
  valid_from date NOT NULL,
  -- Half-open; null: until further notice.
  valid_until date,
  renewal text NOT NULL DEFAULT 'none' CHECK (renewal IN ('none', 'automatic', 'on-request')),
  notice_days int CHECK (notice_days BETWEEN 0 AND 3660),
  amount int8,
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  every text NOT NULL DEFAULT 'year' CHECK (every IN ('month', 'quarter', 'year', 'once')),
  PRIMARY KEY (org_id, id),
  CHECK (valid_until IS NULL OR valid_from < valid_until),
  CHECK (amount IS NULL OR currency IS NOT NULL)
);
CREATE INDEX contract_name ON contract (org_id, name_key COLLATE "C", id);
CREATE INDEX contract_customer ON contract (org_id, customer_id);
CREATE INDEX contract_until ON contract (org_id, valid_until);
CREATE UNIQUE INDEX contract_external ON contract (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('contract');
