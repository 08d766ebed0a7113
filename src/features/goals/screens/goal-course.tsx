// The course of a goal as a burn-up: what came in, the pace of the season, milestones, and the fan of what may come.
import { useCallback } from 'react'
import { useGo } from '../../../web/address.tsx'
import { dayAfter } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import type { Series } from '../../../web/ui/chart-data.ts'
import { goalsTexts } from '../texts.ts'
import { type GoalPage, useValues } from './goal-values.ts'

type Point = GoalPage['course'][number]

/** Places of the ends of a band among the shares of the fan. */
const bands = [
  ['series_95', 0, 6],
  ['series_80', 1, 5],
  ['series_50', 2, 4],
] as const

export function GoalCourse({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const go = useGo()
  const { course } = goal
  const fanned = course.some(({ fan }) => fan !== null)
  const band = ([name, low, high]: (typeof bands)[number]): Series => ({
    name: t(name),
    values: course.map(({ fan }) => fan?.[3] ?? null),
    low: course.map(({ fan }) => fan?.[low] ?? null),
    high: course.map(({ fan }) => fan?.[high] ?? null),
    bandOnly: true,
  })
  const milestones = milestonesAt(goal)
  // A ratio has no pace: it is where it is, whatever the day.
  const paced = goal.outlook.seasonal !== null
  const series: Series[] = [
    ...(fanned ? bands.map(band) : []),
    ...(paced
      ? [
          {
            name: t('series_pace'),
            values: course.map(({ seasonal }) => seasonal),
            dashed: true,
            current: () => false,
          },
        ]
      : []),
    ...(fanned && paced
      ? [
          {
            name: t('series_likely'),
            values: course.map(({ fan }) => fan?.[3] ?? null),
            dashed: true,
          },
        ]
      : []),
    { name: t('series_actual'), values: course.map(({ actual }) => actual) },
    ...(goal.milestones.length > 0
      ? [
          {
            name: t('series_milestones'),
            values: milestones,
            pointsOnly: true,
            side: 'quality' as const,
            marked: (index: number) => milestones[index] !== null,
          },
        ]
      : []),
  ]
  const onChoose = useRows(goal, go)
  return (
    <Chart
      finding={findingOf(goal, t, values.full)}
      note={[
        t(paced ? 'course_note_sum' : 'course_note_ratio'),
        ...(fanned ? [t('course_note_fan')] : []),
        t(goal.within ? 'course_note_click' : 'course_note_parts'),
      ].join(' ')}
      kind="lines"
      height={320}
      categories={course.map(({ on }) => format.shortDate(on))}
      series={series}
      whole={{ value: goal.target, label: `${t('target')} ${values.short(goal.target, goal)}` }}
      format={(value) => values.full(value, goal)}
      axisFormat={(value) => values.short(value, goal)}
      labelled={[]}
      {...(paced ? { from: 0 } : around(goal))}
      categoryLabel={t('day')}
      onChoose={onChoose}
    />
  )
}

/** Ends of the axis of a ratio: round steps that hold its values and its target. */
function around({ course, target }: GoalPage): { from: number; until: number } {
  const values = course.flatMap(({ actual, fan }) => [
    ...(actual === null ? [] : [actual]),
    ...(fan ?? []),
  ])
  const [low, high] = [Math.min(target, ...values), Math.max(target, ...values)]
  const rough = (high - low) / 4 || Math.abs(target) / 4 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10)
  return { from: Math.floor(low / step) * step, until: Math.ceil(high / step) * step }
}

function milestonesAt({ course, milestones }: GoalPage): (number | null)[] {
  return course.map(({ on }) => milestones.find((one) => one.on === on)?.value ?? null)
}

/** The facts of a step: those of the days since the point before. */
function useRows(goal: GoalPage, go: ReturnType<typeof useGo>): (index: number) => void {
  return useCallback(
    (index: number) => {
      const point = goal.course[index]
      if (!point || point.actual === null) return
      const before: Point | undefined = goal.course[index - 1]
      const from = before ? dayAfter(before.on) : goal.from
      const period = `${from}..${dayAfter(point.on)}`
      const cells = Object.fromEntries(
        Object.entries(goal.where).map(([dimension, list]) => [dimension, (list ?? []).join(',')]),
      )
      if (goal.kind === 'activity') {
        go('activities', { is: 'done', ...(goal.seller ? { sellerId: goal.seller.id } : {}) })
        return
      }
      go('rows', {
        metric: goal.metric ?? '',
        period,
        ...cells,
        ...(goal.seller ? { seller: goal.seller.id } : {}),
        ...(goal.team ? { team: goal.team.id } : {}),
      })
    },
    [goal, go],
  )
}

function findingOf(
  goal: GoalPage,
  t: ReturnType<typeof useTexts<typeof goalsTexts>>,
  write: (value: number, of: GoalPage) => string,
): string {
  const { attained, seasonal } = goal.outlook
  if (goal.state !== 'running' || attained.value === undefined) return t('course')
  if (seasonal === null) {
    const { value } = attained
    const at = value === goal.target ? 'at' : value > goal.target ? 'above' : 'below'
    return t(`course_finding_${at}`)
  }
  const ahead = attained.value - seasonal
  if (Math.abs(ahead) < 0.005 * goal.target) return t('course_finding_on')
  return t(ahead > 0 ? 'course_finding_ahead' : 'course_finding_behind', {
    amount: write(
      Math.abs(Math.abs(ahead) < 1 ? Math.round(ahead * 10) / 10 : Math.round(ahead)),
      goal,
    ),
  })
}
