-- The import that brings corrected rows of this one, and which rows those were.
ALTER TABLE import_batch ADD COLUMN corrects uuid;
ALTER TABLE import_reject ADD COLUMN corrected_in uuid;
CREATE INDEX import_batch_corrects ON import_batch (org_id, corrects) WHERE corrects IS NOT NULL;

-- A mapping under a name; files with the same headers are read by it.
CREATE TABLE saved_mapping (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'archived', 'removed')),
  name text NOT NULL,
  name_key text NOT NULL,
  kind text NOT NULL,
  -- Headers of the file it was made for, in order.
  headers jsonb NOT NULL,
  mapping jsonb NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX saved_mapping_name ON saved_mapping (org_id, name_key COLLATE "C") WHERE state <> 'removed';
SELECT kontor_protect_record('saved_mapping');
