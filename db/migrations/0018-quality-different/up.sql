-- Two records with like names that are not the same: said by a person, taken back by undo.
CREATE TABLE different_pair (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  entity text NOT NULL CHECK (entity IN ('customer', 'contact', 'product', 'seller')),
  -- In the order of their ids, so that a pair stands here once.
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  PRIMARY KEY (org_id, id),
  CHECK (first_id < second_id)
);
CREATE UNIQUE INDEX different_pair_ids ON different_pair (org_id, entity, first_id, second_id) WHERE state <> 'removed';
SELECT kontor_protect_record('different_pair');

-- Regions and sources, too, have other spellings.
ALTER TABLE alias DROP CONSTRAINT alias_entity_check;
ALTER TABLE alias ADD CONSTRAINT alias_entity_check
  CHECK (entity IN ('contact', 'customer', 'person', 'product', 'seller', 'team', 'country', 'region', 'industry', 'source'));
