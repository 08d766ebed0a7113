// The one place that lists which features offer entries to the start page: one line each.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { activityEntries } from '../activities/door.ts'
import { dealEntries } from '../deals/door.ts'
import { importEntries } from '../imports/door.ts'
import { contractEntries } from '../orders/door.ts'
import { qualityEntries } from '../quality/door.ts'

type Source = (ctx: Ctx, tx: Tx, asked: EntriesAsked) => Promise<Entry[]>

const sources: readonly Source[] = [
  activityEntries,
  dealEntries,
  (_ctx, tx, asked) => contractEntries(tx, asked),
  importEntries,
  qualityEntries,
]

/** Everything any feature offers. */
export async function entriesOf(ctx: Ctx, tx: Tx, asked: EntriesAsked): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const source of sources) entries.push(...(await source(ctx, tx, asked)))
  return entries
}
