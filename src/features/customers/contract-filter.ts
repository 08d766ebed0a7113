// By what customers are filtered, in their list and in edits of many.
import { z } from 'zod'
import { id, shortText, state } from '../../basics/schema.ts'

export const customerFilter = {
  search: shortText.optional(),
  state: state.default('active'),
  country: shortText.optional(),
  region: shortText.optional(),
  industry: shortText.optional(),
  size: shortText.optional(),
  source: shortText.optional(),
  tag: shortText.optional(),
  /** Only customers for which this is not known. */
  missing: z.enum(['country', 'region', 'industry', 'size', 'source']).optional(),
  /** Only customers that this import brought in. */
  batchId: id.optional(),
}
