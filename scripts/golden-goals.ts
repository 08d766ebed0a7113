// Golden cases of goals: pace along working days, and the probability of reaching them.

import { goalPace } from '../src/methods/goal-pace.ts'
import { chanceOfReaching, drawCourses } from '../src/methods/goal-probability.ts'
import {
  countGoalProbability,
  fitNegativeBinomial,
  negativeBinomialQuantile,
  sumOfDays,
} from '../src/methods/negative-binomial.ts'
import type { Adapters } from './golden-inputs.ts'

const { PlainDate } = Temporal

/** Mondays to Fridays but holidays, in [from, until). */
function workingDays(from: string, until: string, holidays: ReadonlySet<string>): number {
  let count = 0
  for (let day = PlainDate.from(from); day.toString() < until; day = day.add({ days: 1 })) {
    if (day.dayOfWeek <= 5 && !holidays.has(day.toString())) count += 1
  }
  return count
}

const dayAfter = (day: string) => PlainDate.from(day).add({ days: 1 }).toString()

export const goalPaceCases: Adapters = {
  pace: (inputs, { inputs: given }) => {
    const holidays = new Set(inputs.list('holidays').map(String))
    const [start, today] = [inputs.text('periodStart'), inputs.text('today')]
    const total = workingDays(start, dayAfter(inputs.text('periodEnd')), holidays)
    const elapsed = workingDays(start, given.todayClosed ? dayAfter(today) : today, holidays)
    const [target, done] = [inputs.number('goal'), inputs.number('done')]
    return {
      workingDaysTotal: total,
      workingDaysElapsed: elapsed,
      workingDaysRemaining: total - elapsed,
      ...goalPace({ target, done, elapsed, total }),
    }
  },
}

export const goalProbabilityCases: Adapters = {
  negative_binomial: (inputs) => {
    const daily = { mean: inputs.number('dailyMean'), size: inputs.number('dailySize') }
    const days = inputs.number('remainingWorkingDays')
    const sum = sumOfDays(daily, days)
    return {
      probability: countGoalProbability(daily, { days, need: inputs.number('remainingNeed') }),
      p10: negativeBinomialQuantile(0.1, sum),
      p50: negativeBinomialQuantile(0.5, sum),
      p90: negativeBinomialQuantile(0.9, sum),
    }
  },
  negative_binomial_fit: (inputs) => {
    const fit = fitNegativeBinomial(inputs.numbers('daily'))
    return {
      status: fit.status,
      mean: fit.mean,
      sizeMle: fit.size,
      sizeMoments: fit.sizeByMoments,
      logLik: fit.logLikelihood,
    }
  },
  bootstrap_daily: (inputs) => {
    const days = inputs.number('remainingWorkingDays')
    const courses = drawCourses({
      past: inputs.numbers('daily').map((value) => ({ value, weight: 1 })),
      ahead: Array.from({ length: days }, () => 1),
      of: 'amounts',
      seed: 20_261_128,
      draws: 20_000,
      uncertainMean: false,
    })
    const last = courses.steps.at(-1) ?? new Float64Array()
    return {
      probability: chanceOfReaching(courses, inputs.number('remainingNeed'), days - 1),
      mean: Math.round(last.reduce((sum, value) => sum + value, 0) / last.length),
    }
  },
}
