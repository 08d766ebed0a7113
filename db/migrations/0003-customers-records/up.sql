-- Customers with their demographics, and the other names by which records are known.

CREATE TABLE customer (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  country text,
  region text,
  city text,
  industry text,
  employees int CHECK (employees >= 0),
  -- Band of employees ('1–9' …), derived when written, because figures are grouped by it.
  size text,
  -- How the customer found us.
  source text,
  traits jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX customer_name ON customer (org_id, name_key COLLATE "C", id);
CREATE UNIQUE INDEX customer_external ON customer (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('customer');

-- Another name or number by which a record is known: accepted suggestions and, later, merges.
CREATE TABLE alias (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  entity text NOT NULL CHECK (entity IN ('seller', 'person', 'team', 'customer', 'product', 'industry', 'country')),
  -- Lower-case name as it comes in.
  key text NOT NULL,
  -- The record it means, or, for plain values (industry, country), the value it is written as.
  entity_id uuid,
  value text,
  PRIMARY KEY (org_id, id),
  CHECK ((entity_id IS NULL) <> (value IS NULL))
);
CREATE UNIQUE INDEX alias_key ON alias (org_id, entity, key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('alias');
