-- Whoever set a goal of a team so far knew it to be seen by those who lead it: nothing is shown to more people by this.
ALTER TABLE goal ADD COLUMN shared boolean NOT NULL DEFAULT false
  CHECK (NOT shared OR (owner_id IS NULL AND seller_id IS NULL));
ALTER TABLE goal DROP CONSTRAINT goal_repeats_check;
ALTER TABLE goal ADD CONSTRAINT goal_repeats_check CHECK (repeats IN ('month', 'quarter', 'year'));
