// What the questions of one round have in common: read once, passed on from one to the next.
import type { Day, Period } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Whose, type WorkingTime, workingTimeOf } from '../calendars/door.ts'
import type { DaysOpen, OpenDealAt, StageOutcome, WonByOpening } from '../results/door.ts'

/** What became of the deals of the whole organisation, as it was known on each of these days (ascending). */
export interface Past {
  days: readonly Day[]
  outcomes: readonly StageOutcome[]
  lengths: readonly DaysOpen[]
  won: readonly WonByOpening[]
}

/** For whoever asks for many teams and sellers and several metrics. A single question needs none. */
export class ReadOnce {
  private readonly pasts = new Map<string, Past>()
  private readonly open = new Map<string, readonly OpenDealAt[]>()
  private readonly times = new Map<string, (who: Whose) => WorkingTime>()
  private readonly sellers: readonly string[]
  private revision = -1
  private scope = ''

  /** `sellers`: all who will be asked about. */
  constructor(sellers: readonly string[]) {
    this.sellers = sellers
  }

  /** Before each question: what was known of an older state is forgotten, and the deals of another scope. */
  begin({ revision, scope }: { revision: number; scope: string }): void {
    if (revision !== this.revision) for (const kept of [this.pasts, this.times]) kept.clear()
    if (revision !== this.revision || scope !== this.scope) this.open.clear()
    this.revision = revision
    this.scope = scope
  }

  past(key: string, read: () => Promise<Past>): Promise<Past> {
    return once(this.pasts, key, read)
  }

  openDeals(key: string, read: () => Promise<OpenDealAt[]>): Promise<readonly OpenDealAt[]> {
    return once(this.open, key, read)
  }

  async workingTime(tx: Tx, who: Whose, { from, until }: Pick<Period, 'from' | 'until'>) {
    const timeOf = await once(this.times, `${from} ${until}`, () =>
      workingTimeOf(tx, this.sellers, { from, until }),
    )
    return timeOf(who)
  }
}

async function once<Value>(
  kept: Map<string, Value>,
  key: string,
  read: () => Promise<Value>,
): Promise<Value> {
  const there = kept.get(key)
  if (there !== undefined) return there
  const found = await read()
  kept.set(key, found)
  return found
}
