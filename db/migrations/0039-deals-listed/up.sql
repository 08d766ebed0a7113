-- Open deals are listed by the day they were opened, those without one last, a page at a time: from an index in that
-- order, whole and stage by stage, instead of sorting all that are open for the first fifty. CASE, not coalesce: under
-- row security PostgreSQL takes coalesce for something that might leak, and would not begin at a place in the index.
DROP INDEX deal_stage;
CREATE INDEX deal_stage ON deal (org_id, stage_id, (CASE WHEN opened_on IS NULL THEN DATE '0001-01-01' ELSE opened_on END), id)
  WHERE change_out IS NULL AND closed_on IS NULL;
CREATE INDEX deal_open ON deal (org_id, (CASE WHEN opened_on IS NULL THEN DATE '0001-01-01' ELSE opened_on END), id)
  WHERE change_out IS NULL AND closed_on IS NULL;
