// Help when a goal is set: proposed targets with their chances, a warning, milestones.
import type { Implements } from '../../basics/contract.ts'
import { addDays, type Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { metricInFrames, type metrics } from '../results/door.ts'
import { chanceWords } from './calc/chance-words.ts'
import { lookAhead, rounded } from './calc/outlook.ts'
import { proposals, splitMilestones, warningOf } from './calc/proposals.ts'
import { lookAheadRatio, roundedRatio } from './calc/ratio-outlook.ts'
import type { goalsContract } from './contract.ts'
import { type Asking, howMeasured, measure } from './measured.ts'
import { questionOf } from './operations-write.ts'
import { whereOf } from './parts.ts'
import { measureRatios } from './ratios.ts'
import { checkMeasure, checkOwner } from './rules.ts'
import { aimOf } from './shown.ts'
import { settingFor } from './standing.ts'
import type { GoalRow } from './store.ts'

type Contract = typeof goalsContract
type MetricId = keyof typeof metrics

export const helpOperation: Implements<Pick<Contract, 'goals.help'>, Ctx> = {
  'goals.help': (ctx, { lang, ...input }) =>
    ctx.read(async (tx) => {
      const { setting, settings } = await settingFor(ctx, tx, lang)
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
      const aim = aimOf(goal)
      const ratio = (await measureRatios(ctx, tx, [goal], day)).get(goal.id)
      if (!addsUp && !ratio) return { ...none, yearAgo }
      // Drawn whatever the target is.
      const always = { fan: true }
      const drawn = ratio
        ? lookAheadRatio(
            aim,
            { ...ratio, today: day, time: data.known.time, seed: data.known.seed },
            always,
          )
        : lookAhead(aim, data.known, always)
      const chance = input.target === undefined ? undefined : drawn.chanceOf(input.target)
      const lang_ = setting.lang
      const round = (value: number) =>
        addsUp && (unit === 'money' || unit === 'count')
          ? rounded(value, unit)
          : roundedRatio(value, unit)
      return {
        ...answer,
        proposals: proposals(drawn, aim, round).map((one) => ({
          ...one,
          chanceText: chanceWords(one.chance, lang_),
        })),
        chance: chance ?? null,
        chanceText: chance === undefined ? '' : chanceWords(chance, lang_),
        warning: warningOf(chance) ?? null,
        milestones:
          input.target === undefined || atMost || !addsUp
            ? []
            : splitMilestones(aim, data.known, round, settings),
        yearAgo,
        more: ('outlook' in drawn ? drawn.outlook.more : drawn.more) ?? null,
        missing: null,
      }
    }),
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
