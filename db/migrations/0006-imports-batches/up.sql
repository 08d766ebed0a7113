-- Import batches, rejected rows kept whole, and the staging table that only an import reaches.

CREATE TABLE import_batch (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  file_name text NOT NULL,
  file_hash bytea NOT NULL,
  file_bytes int8 NOT NULL,
  -- Where the uploaded file waits until the batch is applied or discarded; null when gone.
  file_path text,
  mapping jsonb NOT NULL,
  preset text,
  -- read: the file is understood · asking: questions are open · ready: staged, waiting to be applied ·
  -- applying · applied · undone · failed · cancelled · discarded
  state text NOT NULL CHECK (state IN ('read', 'asking', 'ready', 'applying', 'applied', 'undone', 'failed', 'cancelled', 'discarded')),
  preview jsonb NOT NULL DEFAULT '{}',
  counts jsonb NOT NULL DEFAULT '{}',
  progress jsonb NOT NULL DEFAULT '{}',
  cancel_requested boolean NOT NULL DEFAULT false,
  error jsonb,
  change_id uuid,
  undo_change_id uuid,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX import_batch_created ON import_batch (org_id, created_at);
CREATE INDEX import_batch_change ON import_batch (org_id, change_id) WHERE change_id IS NOT NULL;
SELECT kontor_protect_record('import_batch');

CREATE TABLE import_reject (
  org_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  line int NOT NULL,
  seq int NOT NULL,
  -- The row as it stood in the file.
  raw text NOT NULL,
  column_name text,
  value text,
  code text NOT NULL,
  message jsonb NOT NULL,
  PRIMARY KEY (org_id, batch_id, line, seq),
  FOREIGN KEY (org_id, batch_id) REFERENCES import_batch (org_id, id)
);
SELECT kontor_protect_record('import_reject', true);

-- COPY FROM is refused under row security; this table has none and holds nothing but rows under way.
-- Ids are made by the program, one per line, before the rows are copied in.
CREATE UNLOGGED TABLE import_row (
  org_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  line int NOT NULL,
  id uuid NOT NULL,
  -- The record or deal that this row is about: one that is there already, or `id` for a new one.
  target_id uuid,
  external_source text NOT NULL DEFAULT '',
  external_id text,
  name text,
  name_key text,
  seller text,
  customer text,
  product text,
  team text,
  manager text,
  office text,
  parent text,
  stage text,
  lost_reason text,
  opened_on date,
  closed_on date,
  amount int8,
  amount2 int8,
  currency text,
  quantity numeric,
  fields jsonb
);
CREATE INDEX import_row_batch ON import_row (org_id, batch_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON import_row TO kontor_app;

-- The distinct names that the rows of a batch mention, each with the id that a record made by mention gets.
CREATE UNLOGGED TABLE import_mention (
  org_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  -- Outcome of a stage.
  detail text,
  row_count int8 NOT NULL,
  id uuid NOT NULL,
  -- The record it means, once looked up; null while there is none.
  record_id uuid
);
CREATE INDEX import_mention_key ON import_mention (org_id, batch_id, kind, key COLLATE "C");
GRANT SELECT, INSERT, UPDATE, DELETE ON import_mention TO kontor_app;

-- Fresh statistics of what was just copied in: the planner would take the tables for empty ones.
CREATE FUNCTION kontor_analyze_staging() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  ANALYZE import_row, import_mention;
END $$;
REVOKE ALL ON FUNCTION kontor_analyze_staging() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kontor_analyze_staging() TO kontor_app;
