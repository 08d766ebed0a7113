CREATE TABLE survey_answer (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  on_day date NOT NULL,
  measure text NOT NULL CHECK (measure IN ('satisfaction', 'nps', 'effort')),
  score numeric NOT NULL,
  scale_low numeric NOT NULL,
  scale_high numeric NOT NULL,
  customer_id uuid,
  seller_id uuid,
  product_id uuid,
  PRIMARY KEY (org_id, id, version),
  CHECK (scale_low < scale_high AND score BETWEEN scale_low AND scale_high)
);
CREATE UNIQUE INDEX survey_answer_external ON survey_answer (org_id, external_source, external_id) WHERE change_out IS NULL AND external_id IS NOT NULL;
CREATE INDEX survey_answer_day ON survey_answer (org_id, on_day, id) WHERE change_out IS NULL;
CREATE INDEX survey_answer_customer ON survey_answer (org_id, customer_id, on_day) WHERE change_out IS NULL;
CREATE INDEX survey_answer_past ON survey_answer (org_id, on_day) WHERE change_out IS NOT NULL;
CREATE INDEX survey_answer_out ON survey_answer (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX survey_answer_in ON survey_answer USING brin (change_in);
SELECT kontor_protect_fact('survey_answer');

CREATE TABLE customer_case (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  on_day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('complaint', 'concern', 'dispute')),
  -- As the other system calls it; open or closed follows from it.
  status text,
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  closed_on date,
  channel text,
  customer_id uuid,
  seller_id uuid,
  product_id uuid,
  PRIMARY KEY (org_id, id, version),
  CHECK (closed_on IS NULL OR on_day <= closed_on)
);
CREATE UNIQUE INDEX customer_case_external ON customer_case (org_id, external_source, external_id) WHERE change_out IS NULL AND external_id IS NOT NULL;
CREATE INDEX customer_case_day ON customer_case (org_id, on_day, id) WHERE change_out IS NULL;
CREATE INDEX customer_case_customer ON customer_case (org_id, customer_id, on_day) WHERE change_out IS NULL;
CREATE INDEX customer_case_past ON customer_case (org_id, on_day) WHERE change_out IS NOT NULL;
CREATE INDEX customer_case_out ON customer_case (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX customer_case_in ON customer_case USING brin (change_in);
SELECT kontor_protect_fact('customer_case');

CREATE FUNCTION kontor_content(r survey_answer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, quote_literal(r.external_source), quote_nullable(r.external_id),
    (r.on_day - DATE '2000-01-01')::text, r.measure, r.score::text, r.scale_low::text, r.scale_high::text,
    coalesce(r.customer_id::text, '-'), coalesce(r.seller_id::text, '-'), coalesce(r.product_id::text, '-'))
$$;
CREATE FUNCTION kontor_content(r customer_case) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, quote_literal(r.external_source), quote_nullable(r.external_id),
    (r.on_day - DATE '2000-01-01')::text, r.kind, quote_nullable(r.status), r.state, coalesce((r.closed_on - DATE '2000-01-01')::text, '-'),
    quote_nullable(r.channel), coalesce(r.customer_id::text, '-'), coalesce(r.seller_id::text, '-'), coalesce(r.product_id::text, '-'))
$$;
