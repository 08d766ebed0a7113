// What holders reached: sellers, teams with all below them, positions by whoever held them on the day.
import { type Days, overlap } from '../../basics/days.ts'
import type { Figure } from '../../basics/figure.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { cellsMax, type Known, measured, metrics } from '../results/door.ts'
import { type Holding, teamTrees } from '../team/door.ts'
import type { Language } from './calc/attainment.ts'
import type { HolderRow } from './store-holders.ts'
import type { Where } from './subject.ts'

interface Asked {
  metric: MetricId
  where: Where
  frames: readonly Days[]
  known?: Known
  lang: Language
}

type Holder = Pick<HolderRow, 'kind' | 'id'>
type FigureOf = (frame: number, holder: string) => Figure

/**
 * The figure of every holder in every frame, as every other figure of the metric is counted; `holdings`
 * of the positions among them.
 */
export async function measuresOf(
  ctx: Ctx,
  tx: Tx,
  asked: Asked,
  holders: readonly Holder[],
  holdings: readonly Holding[],
): Promise<FigureOf> {
  const of = (kind: Holder['kind']) =>
    holders.filter((holder) => holder.kind === kind).map(({ id }) => id)
  const sellers = new Set(of('seller'))
  const everywhere = new Map(asked.frames.map((days) => [days, sellers]))
  const ofSeller = await measuresOfSellers(ctx, tx, asked, everywhere)
  const ofTeam = new Map<string, (frame: number) => Figure>()
  for (const [team, tree] of await teamTrees(tx, of('team'))) {
    const where = { ...asked.where, team: tree }
    ofTeam.set(team, await measured(ctx, tx, { ...asked, where }))
  }
  const ofPosition = await measuresOfPositions(ctx, tx, asked, of('position'), holdings)
  const kindOf = new Map(holders.map(({ kind, id }) => [id, kind]))
  return (frame, holder) => {
    const kind = kindOf.get(holder)
    if (kind === 'team') return ofTeam.get(holder)?.(frame) ?? {}
    if (kind === 'position') return ofPosition(frame, holder)
    const days = asked.frames[frame]
    return days ? ofSeller(days, holder) : {}
  }
}

/**
 * What sellers reached, each in the stretches of days asked for. No question has more cells than one may
 * have: stretches are asked for together as long as all their sellers fit into each of them.
 */
async function measuresOfSellers<Stretch extends Days>(
  ctx: Ctx,
  tx: Tx,
  asked: Asked,
  wanted: ReadonlyMap<Stretch, ReadonlySet<string>>,
): Promise<(stretch: Stretch, seller: string) => Figure> {
  const groups: { stretches: Stretch[]; sellers: Set<string> }[] = []
  // Like with like: a day with one seller would be asked for with the thousand of a whole quarter.
  const bySize = [...wanted].sort(([, a], [, b]) => b.size - a.size)
  for (const [stretch, sellers] of bySize) {
    if (sellers.size === 0) continue
    const last = groups.at(-1)
    const together = new Set([...(last?.sellers ?? []), ...sellers])
    if (last && (last.stretches.length + 1) * together.size <= cellsMax) {
      last.stretches.push(stretch)
      last.sellers = together
    } else groups.push({ stretches: [stretch], sellers: new Set(sellers) })
  }
  const found = new Map<Stretch, (seller: string) => Figure>()
  for (const { stretches, sellers } of groups) {
    const counted = await measured(ctx, tx, {
      ...asked,
      by: 'seller',
      sellers: [...sellers],
      frames: stretches,
    })
    for (const [i, stretch] of stretches.entries()) {
      found.set(stretch, (seller) => counted(i, seller))
    }
  }
  return (stretch, seller) => found.get(stretch)?.(seller) ?? {}
}

/** Of a frame the days on which somebody held a position; undefined when on none. */
export const heldIn = ({ validFrom, validUntil }: Holding, frame: Days): Days | undefined =>
  overlap({ from: validFrom, until: validUntil }, frame)

/**
 * Each stretch of holding is measured by itself, and the stretches of a frame are added up; what does not
 * add up, such as customers, is counted over all of them at once where there are several. Whoever may
 * see the quota of a position sees what was attained of it, also by those who held it before.
 */
async function measuresOfPositions(
  ctx: Ctx,
  tx: Tx,
  asked: Asked,
  positions: readonly string[],
  holdings: readonly Holding[],
): Promise<FigureOf> {
  const { frames, lang, metric } = asked
  const everything: Ctx = { ...ctx, reach: 'all' }
  const stretches = new Map<string, Days>()
  const sellers = new Map<Days, Set<string>>()
  const parts = new Map<string, { days: Days; seller: string }[]>()
  const keyOf = (frame: number, position: string) => `${frame} ${position}`
  const meant = new Set(positions)
  for (const holding of holdings) {
    const { position, seller } = holding
    if (!meant.has(position.id)) continue
    for (const [i, frame] of frames.entries()) {
      const shared = heldIn(holding, frame)
      if (!shared) continue
      const name = `${shared.from}..${shared.until}`
      const days = stretches.get(name) ?? shared
      stretches.set(name, days)
      sellers.set(days, (sellers.get(days) ?? new Set()).add(seller.id))
      const key = keyOf(i, position.id)
      parts.set(key, [...(parts.get(key) ?? []), { days, seller: seller.id }])
    }
  }
  const counted = await measuresOfSellers(everything, tx, asked, sellers)
  const together = new Map<string, (frame: number) => Figure>()
  for (const [position, own] of Map.groupBy(holdings, (holding) => holding.position.id)) {
    const followed = frames.some((_, i) => (parts.get(keyOf(i, position))?.length ?? 0) > 1)
    if (metrics[metric].additive || !followed) continue
    const held = own.map(({ seller, validFrom, validUntil }) => ({
      seller: seller.id,
      from: validFrom,
      until: validUntil,
    }))
    together.set(position, await measured(everything, tx, { ...asked, held }))
  }
  return (frame, position) => {
    const figures = (parts.get(keyOf(frame, position)) ?? []).map(({ days, seller }) =>
      counted(days, seller),
    )
    if (figures.length === 0) return vacant(metric, lang)
    return together.get(position)?.(frame) ?? sumOf(figures)
  }
}

function vacant(metric: MetricId, lang: Language): Figure {
  const text = {
    en: 'Nobody held the position in these days.',
    de: 'In diesen Tagen hatte niemand die Stelle inne.',
  }
  return { unit: metrics[metric].unit, missing: { code: 'undefined', text: text[lang] } }
}

/** Figures of different people and days together; one that is missing leaves no sum. */
function sumOf(figures: readonly Figure[]): Figure {
  const missing = figures.find(({ value }) => value === undefined)
  if (missing) return missing
  const [first = {}] = figures
  const sum = (of: (figure: Figure) => number | undefined) =>
    figures.reduce((total, figure) => total + (of(figure) ?? 0), 0)
  return {
    value: sum(({ value }) => value),
    ...(first.unit === undefined ? {} : { unit: first.unit }),
    ...(first.currency === undefined ? {} : { currency: first.currency }),
    ...(figures.some(({ n }) => n !== undefined) ? { n: sum(({ n }) => n) } : {}),
  }
}
