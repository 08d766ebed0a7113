// What later features may ask of forecasts: what the open deals may still bring, and which calls are missing.
import { containing, type Day } from '../../basics/period.ts'
import type { Prediction } from '../../methods/prediction.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { settingsOf, today } from '../team/door.ts'
import { pipelineOf } from './calc/open-deals.ts'
import { type Asking, readPipelineUntil } from './read.ts'
import { calls } from './store.ts'

export interface OpenDealsOutlook extends Prediction {
  /** The chance of each open deal to be won in time, with what it brings in the metric's unit. */
  deals: readonly { probability: number; amount: number }[]
}

/**
 * What the open deals of a team, a seller, or of all within reach may bring from today until a day
 * (exclusive); undefined where they say nothing of the metric, or too few were ever closed to know a
 * chance. What deals have in common is not in the
 * interval: it is measured for whole periods alone.
 */
export async function openDealsOutlook(
  ctx: Asking,
  tx: Tx,
  asked: { metric: MetricId; until: Day; team?: string; seller?: string; today?: Day },
): Promise<OpenDealsOutlook | undefined> {
  const facts = await readPipelineUntil(ctx, tx, asked)
  const made = facts && pipelineOf(facts)
  if (!made) return undefined
  const { mean, low80, high80, low95, high95 } = made.outlook.total
  return { mean, low80, high80, low95, high95, deals: made.outlook.each }
}

/** The month that is on, if the person has called earlier months but not this one; for reminders. */
export async function monthWithoutCall(ctx: Asking, tx: Tx): Promise<string | undefined> {
  const settings = await settingsOf(tx)
  const day = today(ctx.clock, settings.zone)
  const month = containing('month', day, settings)
  const said = await calls(ctx, tx, day, { metric: 'revenue', gradable: false })
  const own = said.filter((call) => call.owner_id === tx.personId && call.from_on <= month.from)
  const covered = own.some((call) => call.until_on > month.from)
  return own.length > 0 && !covered ? month.id : undefined
}
