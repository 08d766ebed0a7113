// The operations of goals that read: list, one with its course, the board, the week as text.
import type { Implements } from '../../basics/contract.ts'
import { containing } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { sumsByMonth } from './calc/months.ts'
import { type Basis, type Charted, chartDays, type Drawn, later, sumOf } from './calc/outlook.ts'
import { weekText } from './calc/week-text.ts'
import type { goalsContract } from './contract.ts'
import { type Asking, howMeasured, measure } from './measured.ts'
import { helpOperation } from './operations-help.ts'
import { writingOperations } from './operations-write.ts'
import { contributionsOf, termsFor } from './parts.ts'
import { refreshGoals } from './refresh.ts'
import { aimOf, type Goal, type Setting } from './shown.ts'
import { aroundOf, settingFor, shownAll } from './standing.ts'
import {
  checkInsInWeek,
  checkInsOf,
  type GoalRow,
  goalById,
  listGoals,
  revisionNow,
} from './store.ts'

type Contract = typeof goalsContract

export const goalsOperations: Implements<Contract, Ctx> = {
  ...writingOperations,
  ...helpOperation,
  'goals.refresh': (ctx) => refreshGoals(ctx),

  'goals.list': (ctx, { cursor, limit, lang, ...filter }) =>
    ctx.read(async (tx) => {
      const about = await settingFor(ctx, tx, lang)
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { until: String(place[0]), id: String(place[1]) }
      const day = about.setting.today
      const around = await aroundOf(ctx, tx)
      const rows = await listGoals(ctx, tx, { today: day, filter, around, after, limit: limit + 1 })
      const page = pageOfRows(rows, limit, (row) => [row.until_on, row.id])
      const shown = await shownAll(ctx, tx, page.rows, about.setting, { around })
      return { ...page, rows: shown.map((one) => one.shown), today: day }
    }),

  'goals.get': (ctx, { id, lang }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const around = await aroundOf(ctx, tx)
      const goal = await goalById(ctx, tx, id, setting.today, around)
      if (!goal) throw notFound('goal')
      const also = goal.milestones.map(({ on }) => on)
      const days = chartDays(goal.from_on, goal.until_on, [setting.today, ...also])
      const [one] = await shownAll(ctx, tx, [goal], setting, {
        around,
        charted: () => ({ points: days, fan: true }),
      })
      if (!one) throw notFound('goal')
      const terms = await termsFor(ctx, tx, one, setting.today)
      return {
        ...one.shown,
        today: setting.today,
        revision: await revisionNow(tx),
        course: [...one.points],
        terms: terms && 'terms' in terms ? terms.terms : null,
        termsMore: terms && 'more' in terms ? terms : null,
        ...(await contributionsOf(ctx, tx, one, setting.today)),
        // What is said of it week by week is between those who lead the team.
        checkIns: (goal.within ? await checkInsOf(tx, id) : []).map((row) => ({
          id: row.id,
          version: row.version,
          weekOn: row.week_on,
          moved: row.moved,
          blocks: row.blocks,
          nextStep: row.next_step,
          author: row.author,
        })),
        basis: (goal.within && one.drawn?.outlook.basis) || null,
      }
    }),

  'goals.board': (ctx, { metric, basis, lang }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const day = setting.today
      const around = await aroundOf(ctx, tx)
      const rows = await listGoals(ctx, tx, {
        today: day,
        filter: { is: 'current' },
        around,
        limit: boardMost + 1,
      })
      const used = rows.slice(0, boardMost)
      const all = await shownAll(ctx, tx, used, setting, { around, charted: smallDays })
      const begun = all.filter(({ shown }) => shown.state !== 'upcoming')
      begun.sort((a, b) => riskOrder(a.shown) - riskOrder(b.shown))
      const ofPeople = await listGoals(ctx, tx, { today: day, filter: {}, limit: peopleMost })
      return {
        today: day,
        currency: setting.currency,
        rows: begun.map(({ row, shown, drawn, points }) => ({
          goal: shown,
          basis: basis && row.within ? boardBasis(drawn) : null,
          course: points.map(({ actual }) => (actual === null ? null : actual / shown.target)),
          seasonal: points.map(({ seasonal }) => seasonal / shown.target),
        })),
        more: rows.length > boardMost,
        ...(await attainmentByMonth(ctx, tx, ofPeople, metric, setting)),
      }
    }),

  'goals.summary': (ctx, { lang }) =>
    ctx.read(async (tx) => {
      const { setting, settings } = await settingFor(ctx, tx, lang)
      const around = await aroundOf(ctx, tx)
      const rows = await listGoals(ctx, tx, {
        today: setting.today,
        filter: { is: 'current' },
        around,
        limit: boardMost,
      })
      // It is made to be pasted for others.
      const open = rows.filter(({ owner_id }) => owner_id === null)
      const all = await shownAll(ctx, tx, open, setting, { around })
      const week = containing('week', setting.today, settings)
      const begun = all.filter(({ shown }) => shown.state !== 'upcoming')
      begun.sort((a, b) => riskOrder(a.shown) - riskOrder(b.shown))
      const goalIds = begun.flatMap(({ row }) => (row.within ? row.id : []))
      const said = await checkInsInWeek(tx, { goalIds, week })
      const goals = begun.map(({ shown, data }) => {
        const checkIn = said.find(({ goal_id }) => goal_id === shown.id)
        return {
          goal: shown,
          thisWeek: sumOf(data.known.daily, later(week.from, shown.from), week.until),
          said: checkIn && {
            moved: checkIn.moved,
            blocks: checkIn.blocks,
            nextStep: checkIn.next_step,
          },
        }
      })
      return { text: weekText(goals, setting, week), goals: goals.length }
    }),
}

/** Running goals on one board. */
const boardMost = 200
const peopleMost = 2_000

/** What is least likely first; reached goals and those without a chance last. */
function riskOrder({ outlook, state }: Goal): number {
  return state === 'reached' ? 3 : (outlook.chance ?? 2)
}

/** Draws for a goal among many. */
const boardDraws = 400

function boardBasis(drawn: Drawn | undefined): Basis | null {
  const whole = drawn?.outlook.basis
  if (!whole) return null
  const past = whole.past.map(({ value, weight }) => ({
    value,
    weight: Math.round(weight * 1e4) / 1e4,
  }))
  return { ...whole, past, draws: Math.min(boardDraws, whole.draws) }
}

/** Thirteen points are enough for a small chart. */
function smallDays({ from_on: from, until_on: until }: GoalRow): Charted {
  const days = chartDays(from, until)
  const step = Math.max(1, Math.ceil(days.length / 26))
  return { points: days.filter((_, i) => (days.length - 1 - i) % step === 0) }
}

/** Months of the board. */
const boardMonths = 6

async function attainmentByMonth(
  ctx: Asking,
  tx: Tx,
  rows: readonly GoalRow[],
  wanted: string | undefined,
  setting: Setting,
) {
  const day = setting.today
  const ofPersons = rows.filter(
    (row) =>
      row.kind === 'metric' &&
      row.seller_id !== null &&
      row.owner_id === null &&
      howMeasured(row).addsUp &&
      !howMeasured(row).atMost &&
      Object.keys(row.question.where ?? {}).length === 0,
  )
  const counts = Map.groupBy(ofPersons, ({ metric }) => metric ?? '')
  const known = [...counts].sort((a, b) => b[1].length - a[1].length).map(([id]) => id)
  const metric = known.find((id) => id === wanted) ?? known[0] ?? null
  if (metric === null) return { metrics: known, metric, months: [], people: [] }
  const goals = counts.get(metric) ?? []
  const data = await measure(ctx, tx, goals, day)
  const table = sumsByMonth(
    goals.flatMap((goal) => {
      const of = data.get(goal.id)
      if (!of) return []
      const aim = aimOf(goal)
      return [{ owner: goal.seller_id ?? '', aim, known: of.known }]
    }),
    { today: day, months: boardMonths },
  )
  const names = new Map(goals.map((goal) => [goal.seller_id ?? '', goal.seller_name ?? '']))
  return {
    metrics: known,
    metric,
    months: table.months,
    people: table.rows
      .map(({ owner, cells }) => ({ seller: { id: owner, name: names.get(owner) ?? '' }, cells }))
      .sort((a, b) => a.seller.name.localeCompare(b.seller.name)),
  }
}
