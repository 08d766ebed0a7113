// Quotas of a demo world: by quarter, from what each sold in the same quarter a year before.
import { containing, type Day, type Period, shifted, yearAgo } from '../src/basics/period.ts'
import type { DemoWorld } from './records.ts'

export interface DemoQuota {
  /** Key of a seller or of a team. */
  seller?: string
  team?: string
  period: Period
  /** Minor units of the organisation's currency. */
  amount: number
  approved: boolean
}

const calendar = { fiscalFirstMonth: 1, weekStart: 1 } as const
/** Quarters with quotas before the running one. */
const quartersBefore = 7
/** More than last year is expected. */
const growth = 1.06
/** Quotas are round numbers. */
const step = 500_000

const rounded = (amount: number) => Math.max(step, Math.round(amount / step) * step)

/**
 * Quotas of people and of the teams they are in, of the last quarters and the running one, approved; those
 * of the next quarter are proposed. Who has not sold a year before carries half of what others do.
 */
export function demoQuotas(world: DemoWorld, today: Day): DemoQuota[] {
  const now = containing('quarter', today, calendar)
  const quotas: DemoQuota[] = []
  for (let back = quartersBefore; back >= -1; back--) {
    const period = shifted(now, -back)
    const sold = soldIn(world, yearAgo(period))
    const usual = [...sold.values()].reduce((sum, one) => sum + one, 0) / Math.max(1, sold.size)
    if (usual === 0) continue
    const perTeam = new Map<string, number>()
    for (const { key, hiredOn } of world.sellers) {
      if (hiredOn !== undefined && hiredOn >= period.until) continue
      const amount = rounded((sold.get(key) ?? usual / 2) * growth)
      quotas.push({ seller: key, period, amount, approved: back >= 0 })
      const team = teamOf(world, key, period)
      if (team !== undefined) perTeam.set(team, (perTeam.get(team) ?? 0) + amount)
    }
    if (back < 0) continue
    for (const [team, amount] of perTeam) quotas.push({ team, period, amount, approved: true })
  }
  return quotas
}

function soldIn(world: DemoWorld, { from, until }: Period): Map<string, number> {
  const sold = new Map<string, number>()
  for (const { seller, outcome, closedOn, amount } of world.deals) {
    if (outcome !== 'won' || closedOn === undefined || closedOn < from || closedOn >= until)
      continue
    sold.set(seller, (sold.get(seller) ?? 0) + amount)
  }
  return sold
}

/** The team somebody is in on the last day of a period. */
function teamOf(world: DemoWorld, seller: string, { until }: Period): string | undefined {
  return world.memberships.find(
    (one) =>
      one.kind === 'member' &&
      one.seller === seller &&
      one.validFrom < until &&
      one.validUntil >= until,
  )?.team
}
