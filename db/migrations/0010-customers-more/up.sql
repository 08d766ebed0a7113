CREATE TABLE contact (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  customer_id uuid,
  name text NOT NULL,
  name_key text NOT NULL,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  job_title text,
  email text,
  phone text,
  traits jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX contact_name ON contact (org_id, name_key COLLATE "C", id);
CREATE INDEX contact_customer ON contact (org_id, customer_id);
CREATE UNIQUE INDEX contact_external ON contact (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('contact');

-- What happened with a customer or is planned: no done_on yet is a next step.
CREATE TABLE activity (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  kind text NOT NULL CHECK (kind IN ('call', 'mail', 'meeting', 'visit', 'message', 'task')),
  subject text NOT NULL,
  note text,
  due_on date,
  done_on date,
  outcome text,
  seller_id uuid,
  customer_id uuid,
  contact_id uuid,
  deal_id uuid,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  PRIMARY KEY (org_id, id),
  CHECK (due_on IS NOT NULL OR done_on IS NOT NULL)
);
CREATE INDEX activity_deal ON activity (org_id, deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX activity_customer ON activity (org_id, customer_id, done_on);
CREATE INDEX activity_seller ON activity (org_id, seller_id, done_on);
CREATE INDEX activity_due ON activity (org_id, due_on) WHERE done_on IS NULL AND state = 'active';
CREATE INDEX activity_done ON activity (org_id, done_on, id);
CREATE UNIQUE INDEX activity_external ON activity (org_id, external_source, external_id) WHERE external_id IS NOT NULL AND state <> 'removed';
SELECT kontor_protect_record('activity');

CREATE TABLE note (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  entity text NOT NULL CHECK (entity IN ('customer', 'contact', 'product', 'deal', 'order', 'contract')),
  entity_id uuid NOT NULL,
  body text NOT NULL,
  author_id uuid NOT NULL,
  written_on date NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX note_entity ON note (org_id, entity_id, written_on);
SELECT kontor_protect_record('note');

CREATE TABLE tagging (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  entity text NOT NULL CHECK (entity IN ('customer', 'contact', 'product', 'deal', 'order', 'contract')),
  entity_id uuid NOT NULL,
  tag text NOT NULL,
  tag_key text NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX tagging_entity ON tagging (org_id, entity_id, tag_key COLLATE "C") WHERE state <> 'removed';
CREATE INDEX tagging_tag ON tagging (org_id, entity, tag_key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('tagging');

-- Prices that hold for a time (half-open) instead of the product's own.
CREATE TABLE price (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  product_id uuid NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  list_price int8 CHECK (list_price >= 0),
  cost int8 CHECK (cost >= 0),
  valid_from date NOT NULL,
  valid_until date NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (org_id, id),
  CHECK (valid_from < valid_until)
);
CREATE INDEX price_product ON price (org_id, product_id, valid_from);
SELECT kontor_protect_record('price');

-- What a trait of a record is called, and what it may hold; the values stay with the records.
CREATE TABLE own_field (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  entity text NOT NULL CHECK (entity IN ('customer', 'contact', 'product')),
  -- The key under which traits hold it.
  key text NOT NULL,
  label text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
  choices jsonb NOT NULL DEFAULT '[]',
  position int NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX own_field_key ON own_field (org_id, entity, key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('own_field');

-- Values offered for a field of demographics.
CREATE TABLE demographic (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  field text NOT NULL CHECK (field IN ('country', 'region', 'industry', 'source')),
  value text NOT NULL,
  value_key text NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX demographic_value ON demographic (org_id, field, value_key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('demographic');
