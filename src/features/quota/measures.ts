// What holders reached: sellers, teams with all below them, positions by whoever held them on the day.
import type { Figure } from '../../basics/figure.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { type Known, measured, metrics } from '../results/door.ts'
import { teamTrees } from '../team/door.ts'
import type { Language } from './calc/attainment.ts'
import type { Days, HolderRow } from './store-holders.ts'
import { type HoldingRow, holdingsOf } from './store-positions.ts'
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

/** The figure of every holder in every frame, as every other figure of the metric is counted. */
export async function measuresOf(
  ctx: Ctx,
  tx: Tx,
  asked: Asked,
  holders: readonly Holder[],
): Promise<FigureOf> {
  const of = (kind: Holder['kind']) =>
    holders.filter((holder) => holder.kind === kind).map(({ id }) => id)
  const [teams, positions] = [of('team'), of('position')]
  const ofSeller =
    teams.length + positions.length < holders.length
      ? await measured(ctx, tx, { ...asked, by: 'seller' })
      : undefined
  const ofTeam = new Map<string, (frame: number) => Figure>()
  for (const [team, tree] of await teamTrees(tx, teams)) {
    const where = { ...asked.where, team: tree }
    ofTeam.set(team, await measured(ctx, tx, { ...asked, where }))
  }
  const ofPosition = await measuresOfPositions(ctx, tx, asked, positions)
  const kindOf = new Map(holders.map(({ kind, id }) => [id, kind]))
  return (frame, holder) => {
    const kind = kindOf.get(holder)
    if (kind === 'team') return ofTeam.get(holder)?.(frame) ?? {}
    return (kind === 'position' ? ofPosition(frame, holder) : ofSeller?.(frame, holder)) ?? {}
  }
}

/** Of a frame the days on which somebody held a position; undefined when on none. */
export function clipped({ valid_from, valid_until }: HoldingRow, frame: Days): Days | undefined {
  const from = valid_from > frame.from ? valid_from : frame.from
  const until = valid_until < frame.until ? valid_until : frame.until
  return from < until ? { from, until } : undefined
}

/**
 * Each stretch of holding is measured by itself, and the stretches of a frame are added up. Whoever may
 * see the quota of a position sees what was attained of it, also by those who held it before.
 */
async function measuresOfPositions(
  ctx: Ctx,
  tx: Tx,
  asked: Asked,
  positions: readonly string[],
): Promise<FigureOf> {
  const { frames, known, lang, metric } = asked
  const [first] = frames
  if (positions.length === 0 || !first) return () => ({})
  const from = frames.map((frame) => frame.from).sort()[0] ?? first.from
  const until =
    frames
      .map((frame) => frame.until)
      .sort()
      .at(-1) ?? first.until
  const revision = known?.past ? known.revision : undefined
  const holdings = await holdingsOf(tx, positions, { from, until }, revision)
  const stretches = new Map<string, Days>()
  const parts = new Map<string, { stretch: string; seller: string }[]>()
  for (const holding of holdings) {
    frames.forEach((frame, i) => {
      const days = clipped(holding, frame)
      if (!days) return
      const stretch = `${days.from}..${days.until}`
      stretches.set(stretch, days)
      const key = `${i} ${holding.position_id}`
      parts.set(key, [...(parts.get(key) ?? []), { stretch, seller: holding.seller_id }])
    })
  }
  const places = new Map([...stretches.keys()].map((stretch, i) => [stretch, i]))
  const counted = await measured({ ...ctx, reach: 'all' }, tx, {
    ...asked,
    by: 'seller',
    frames: [...stretches.values()],
  })
  return (frame, position) => {
    const figures = (parts.get(`${frame} ${position}`) ?? []).map(({ stretch, seller }) =>
      counted(places.get(stretch) ?? 0, seller),
    )
    return figures.length === 0 ? vacant(metric, lang) : sumOf(figures)
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
