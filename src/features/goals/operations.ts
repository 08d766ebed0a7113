// The operations of goals that read: list, one with its course, help when setting one, the board, the week as text.
import type { Implements } from '../../basics/contract.ts'
import { addDays, containing, type Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { countDone } from '../activities/door.ts'
import { metricInFrames, type metrics } from '../results/door.ts'
import { type Settings, settingsOf, teamsBelow, today } from '../team/door.ts'
import { chanceWords } from './calc/chance-words.ts'
import { sumsByMonth } from './calc/months.ts'
import { chartDays, type Drawn, lookAhead } from './calc/outlook.ts'
import { ownTerms } from './calc/own-terms.ts'
import { proposals, splitMilestones, warningOf } from './calc/proposals.ts'
import { weekText } from './calc/week-text.ts'
import type { goalsContract } from './contract.ts'
import { type Asking, type Data, howMeasured, measure } from './measured.ts'
import { questionOf, writingOperations } from './operations-write.ts'
import { refreshGoals } from './refresh.ts'
import { checkMeasure, checkOwner } from './rules.ts'
import { aimOf, type Goal, type Setting, shownGoal } from './shown.ts'
import {
  checkInsOf,
  type GoalRow,
  goalById,
  listGoals,
  marksOf,
  revisionNow,
  sellerNames,
} from './store.ts'

type Contract = typeof goalsContract
type MetricId = keyof typeof metrics

export const goalsOperations: Implements<Contract, Ctx> = {
  ...writingOperations,
  'goals.refresh': (ctx) => refreshGoals(ctx),

  'goals.list': (ctx, { cursor, limit, lang, ...filter }) =>
    ctx.read(async (tx) => {
      const about = await settingFor(ctx, tx, lang)
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { until: String(place[0]), id: String(place[1]) }
      const day = about.setting.today
      const rows = await listGoals(ctx, tx, { today: day, filter, after, limit: limit + 1 })
      const page = pageOfRows(rows, limit, (row) => [row.until_on, row.id])
      const shown = await shownAll(ctx, tx, page.rows, about.setting)
      return { ...page, rows: shown.map((one) => one.shown), today: day }
    }),

  'goals.get': (ctx, { id, lang }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const goal = await goalById(ctx, tx, id, setting.today)
      if (!goal) throw notFound('goal')
      const also = goal.milestones.map(({ on }) => on)
      const days = chartDays(goal.from_on, goal.until_on, [setting.today, ...also])
      const [one] = await shownAll(ctx, tx, [goal], setting, days)
      if (!one) throw notFound('goal')
      const terms = await termsFor(ctx, tx, one, setting.today)
      return {
        ...one.shown,
        today: setting.today,
        revision: await revisionNow(tx),
        course: one.drawn?.points ?? [],
        terms: terms && 'terms' in terms ? terms.terms : null,
        termsMore: terms && 'more' in terms ? terms : null,
        contributions: await contributionsOf(ctx, tx, one, setting.today),
        checkIns: (await checkInsOf(tx, id)).map((row) => ({
          id: row.id,
          version: row.version,
          weekOn: row.week_on,
          moved: row.moved,
          blocks: row.blocks,
          nextStep: row.next_step,
          author: row.author,
        })),
        basis: one.drawn?.outlook.basis ?? null,
      }
    }),

  'goals.help': (ctx, { lang, ...input }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const day = setting.today
      const goal = {
        id: '00000000-0000-0000-0000-000000000001',
        owner_id: input.private ? ctx.who.personId : null,
        owner_gone: false,
        kind: input.kind,
        metric: input.metric,
        question: questionOf(input),
        target: input.target ?? 0,
        from_on: input.from,
        until_on: input.until,
        seller_id: input.private ? ctx.who.sellerId : input.sellerId,
        team_id: input.teamId,
        series_id: null,
      }
      checkMeasure(goal)
      await checkOwner(ctx, tx, goal, day)
      const { unit, addsUp, atMost } = howMeasured(goal)
      const answer = { unit, currency: setting.currency, atMost }
      const none = {
        ...answer,
        proposals: [],
        chance: null,
        chanceText: '',
        warning: null,
        milestones: [],
        yearAgo: null,
        more: null,
        missing: null,
      }
      const data = (await measure(ctx, tx, [goal], day)).get(goal.id)
      if (goal.kind === 'steps' || !data || data.gone) return none
      const yearAgo = await sameStretchYearAgo(ctx, tx, goal)
      if (!addsUp || (unit !== 'money' && unit !== 'count')) return { ...none, yearAgo }
      const aim = aimOf(goal)
      // With a point of the course, so that it is drawn whatever the target is.
      const drawn = lookAhead(aim, data.known, [addDays(aim.until, -1)])
      const chance = input.target === undefined ? undefined : drawn.chanceOf(input.target)
      const lang_ = setting.lang
      return {
        ...answer,
        proposals: proposals(drawn, aim, unit).map((one) => ({
          ...one,
          chanceText: chanceWords(one.chance, lang_),
        })),
        chance: chance ?? null,
        chanceText: chance === undefined ? '' : chanceWords(chance, lang_),
        warning: warningOf(chance) ?? null,
        milestones:
          input.target === undefined || atMost ? [] : splitMilestones(aim, data.known, unit),
        yearAgo,
        more: drawn.outlook.more ?? null,
        missing: null,
      }
    }),

  'goals.board': (ctx, { metric, lang }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const day = setting.today
      const rows = await listGoals(ctx, tx, {
        today: day,
        filter: { is: 'current' },
        limit: boardMost + 1,
      })
      const used = rows.slice(0, boardMost)
      const all = await shownAll(ctx, tx, used, setting, (goal) => smallDays(goal))
      const begun = all.filter(({ shown }) => shown.state !== 'upcoming')
      begun.sort((a, b) => riskOrder(a.shown) - riskOrder(b.shown))
      const ofPeople = await listGoals(ctx, tx, { today: day, filter: {}, limit: peopleMost })
      return {
        today: day,
        currency: setting.currency,
        rows: begun.map(({ shown, drawn }) => ({
          goal: shown,
          course: (drawn?.points ?? []).map(({ actual }) =>
            actual === null ? null : actual / shown.target,
          ),
          seasonal: (drawn?.points ?? []).map(({ seasonal }) => seasonal / shown.target),
        })),
        more: rows.length > boardMost,
        ...(await attainmentByMonth(ctx, tx, ofPeople, metric, setting)),
      }
    }),

  'goals.summary': (ctx, { lang }) =>
    ctx.read(async (tx) => {
      const { setting } = await settingFor(ctx, tx, lang)
      const rows = await listGoals(ctx, tx, {
        today: setting.today,
        filter: { is: 'current' },
        limit: boardMost,
      })
      const all = await shownAll(ctx, tx, rows, setting)
      const week = containing('week', setting.today, { fiscalFirstMonth: 1, weekStart: 1 })
      const goals = all
        .filter(({ shown }) => shown.state !== 'upcoming')
        .map(({ shown, data }) => ({
          goal: shown,
          thisWeek: [...data.known.daily]
            .filter(([on]) => on >= week.from && on < week.until && on >= shown.from)
            .reduce((sum, [, value]) => sum + value, 0),
        }))
      return { text: weekText(goals, setting, week), goals: goals.length }
    }),
}

/** Running goals on one board. */
const boardMost = 200
const peopleMost = 2_000

async function settingFor(
  ctx: Asking,
  tx: Tx,
  lang: 'en' | 'de' | undefined,
): Promise<{ setting: Setting; settings: Settings }> {
  const settings = await settingsOf(tx)
  return {
    settings,
    setting: {
      currency: settings.baseCurrency,
      lang: lang ?? settings.locale,
      today: today(ctx.clock, settings.zone),
    },
  }
}

export interface ShownGoal {
  row: GoalRow
  shown: Goal
  drawn: Drawn | undefined
  data: Data
}

/** Rows with where they stand, counted together. */
export async function shownAll(
  ctx: Asking,
  tx: Tx,
  rows: readonly GoalRow[],
  setting: Setting,
  days: readonly Day[] | ((goal: GoalRow) => readonly Day[]) = [],
): Promise<ShownGoal[]> {
  const data = await measure(ctx, tx, rows, setting.today)
  const ids = rows.map(({ id }) => id)
  const marks = Map.groupBy(await marksOf(tx, ids), ({ goal_id }) => goal_id)
  return rows.flatMap((row) => {
    const of = data.get(row.id)
    if (!of) return []
    const { shown, drawn } = shownGoal(ctx, row, {
      data: of,
      marks: marks.get(row.id) ?? [],
      setting,
      days: typeof days === 'function' ? days(row) : days,
    })
    return [{ row, shown, drawn, data: of }]
  })
}

/** Goals of the person and of whom they reach that end after a day, with where they stand; those that end first at the top. */
export async function goalsWithState(
  ctx: Asking,
  tx: Tx,
  { endsAfter, limit }: { endsAfter: Day; limit: number },
): Promise<Goal[]> {
  const { setting } = await settingFor(ctx, tx, undefined)
  const rows = await listGoals(ctx, tx, { today: setting.today, filter: { endsAfter }, limit })
  return (await shownAll(ctx, tx, rows, setting)).map(({ shown }) => shown)
}

/** What is least likely first; reached goals and those without a chance last. */
function riskOrder({ outlook, state }: Goal): number {
  return state === 'reached' ? 3 : (outlook.chance ?? 2)
}

/** Thirteen points are enough for a small chart. */
function smallDays({ from_on: from, until_on: until }: GoalRow): Day[] {
  const days = chartDays(from, until)
  const step = Math.max(1, Math.ceil(days.length / 26))
  return days.filter((_, i) => (days.length - 1 - i) % step === 0)
}

async function sameStretchYearAgo(
  ctx: Asking,
  tx: Tx,
  goal: Pick<
    GoalRow,
    'kind' | 'metric' | 'question' | 'from_on' | 'until_on' | 'seller_id' | 'team_id'
  >,
): Promise<number | null> {
  if (goal.kind !== 'metric') return null
  const back = (day: Day) => addDays(day, -364)
  const [found] = await metricInFrames(ctx, tx, {
    metric: goal.metric as MetricId,
    where: await whereOf(tx, goal),
    frames: [{ from: back(goal.from_on), until: back(goal.until_on) }],
  })
  return found?.figure.value ?? null
}

async function whereOf(tx: Tx, goal: Pick<GoalRow, 'question' | 'seller_id' | 'team_id'>) {
  return {
    ...goal.question.where,
    ...(goal.seller_id === null ? {} : { seller: [goal.seller_id] }),
    ...(goal.team_id === null
      ? {}
      : { team: await teamsBelow(tx, goal.team_id, { removed: true }) }),
  }
}

/** Weeks looked back at for what is done now. */
const recentWeeks = 8
const talkKinds = ['meeting', 'visit'] as const

/** What is needed per working week, in deals and talks, at the rates of the past year. */
async function termsFor(ctx: Asking, tx: Tx, { row, shown, data }: ShownGoal, day: Day) {
  const { requiredPerDay } = shown.outlook
  const inTerms = row.metric === 'revenue' || row.metric === 'deals-won' || row.metric === 'margin'
  if (!inTerms || shown.state !== 'running' || !requiredPerDay) return undefined
  const where = await whereOf(tx, row)
  const frame = { from: addDays(day, -365), until: day }
  const ask = async (metric: MetricId) => {
    const [one] = await metricInFrames(ctx, tx, { metric, where, frames: [frame] })
    return one?.figure.value ?? 0
  }
  const recent = addDays(day, -7 * recentWeeks)
  const done = await countDone(ctx, tx, {
    kinds: talkKinds,
    ...(row.seller_id === null ? {} : { sellers: [row.seller_id] }),
    ...(row.team_id === null ? {} : { teams: where.team ?? [] }),
    ...frame,
  })
  const talks = (from: Day) =>
    done.reduce((sum, { on, count }) => (on >= from ? sum + count : sum), 0)
  const wins = await ask('deals-won')
  return ownTerms(
    {
      wins,
      value: row.metric === 'deals-won' ? wins : await ask(row.metric as MetricId),
      talks: talks(frame.from),
      recentWeeks: data.known.time.days(recent, day) / 5,
      recentTalks: talks(recent),
    },
    requiredPerDay * 5,
  )
}

/** Who brought how much to a goal of several; only for what adds up. */
async function contributionsOf(ctx: Asking, tx: Tx, { row, shown }: ShownGoal, day: Day) {
  if (row.seller_id !== null || row.kind === 'steps' || shown.outlook.attained.value === undefined)
    return []
  const { addsUp } = howMeasured(row)
  const until = row.until_on < day ? row.until_on : addDays(day, 1)
  if (!addsUp || row.from_on >= until) return []
  const where = await whereOf(tx, row)
  const sums = new Map<string | null, number>()
  const add = (seller: string | null, value: number) =>
    sums.set(seller, (sums.get(seller) ?? 0) + value)
  if (row.kind === 'activity') {
    const rows = await countDone(ctx, tx, {
      kinds: row.question.activities ?? [],
      outcome: row.question.outcome,
      ...(row.team_id === null ? {} : { teams: where.team ?? [] }),
      from: row.from_on,
      until,
    })
    for (const one of rows) add(one.sellerId, one.count)
  } else {
    const rows = await metricInFrames(ctx, tx, {
      metric: row.metric as MetricId,
      where,
      by: 'seller',
      frames: [{ from: row.from_on, until }],
    })
    for (const one of rows) add(one.cell, one.figure.value ?? 0)
  }
  const names = await sellerNames(
    tx,
    [...sums.keys()].filter((id) => id !== null),
  )
  return [...sums]
    .map(([id, value]) => ({ seller: names.find((one) => one.id === id) ?? null, value }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 100)
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
