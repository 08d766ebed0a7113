-- One unit of the currency is that many units of the base currency, from that day.

CREATE TABLE rate (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  change_in uuid NOT NULL,
  change_out uuid,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  on_day date NOT NULL,
  rate numeric NOT NULL CHECK (rate > 0),
  PRIMARY KEY (org_id, id, version)
);
CREATE UNIQUE INDEX rate_day ON rate (org_id, currency, on_day) WHERE change_out IS NULL;
CREATE INDEX rate_past ON rate (org_id, currency, on_day) WHERE change_out IS NOT NULL;
CREATE INDEX rate_out ON rate (org_id, change_out) WHERE change_out IS NOT NULL;
CREATE INDEX rate_in ON rate USING brin (change_in);
SELECT kontor_protect_fact('rate');

CREATE FUNCTION kontor_content(r rate) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', r.id::text, r.version::text, r.change_in::text, r.currency, (r.on_day - DATE '2000-01-01')::text, r.rate::text)
$$;

-- Decimal places of a currency (ISO 4217), as in src/basics/money.ts.
CREATE FUNCTION kontor_digits(currency text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4
    ELSE 2 END
$$;

-- Nearest integer; exactly half goes to the even neighbour.
CREATE FUNCTION kontor_half_even(x numeric) RETURNS int8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE WHEN abs(x - trunc(x)) = 0.5 THEN 2 * round(x / 2) ELSE round(x) END)::int8
$$;
