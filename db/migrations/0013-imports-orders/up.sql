-- What lines of orders say beside the rest, and contacts that rows name.
ALTER TABLE import_row
  ADD COLUMN order_no text,
  ADD COLUMN line_no int,
  ADD COLUMN price numeric,
  ADD COLUMN discount numeric,
  ADD COLUMN contact text;
-- Which change took an import back is told by the chain of changes itself.
ALTER TABLE import_batch DROP COLUMN undo_change_id;
