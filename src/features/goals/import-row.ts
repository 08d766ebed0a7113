// A row of a file of goals: what its cells mean together, or why they make no goal.
import { addDays, type Day } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import { dimensionMeant, metricMeant } from '../results/door.ts'
import {
  activitiesInCell,
  type FilterCells,
  filtersInCell,
  milestonesInCell,
  stepsInCell,
  valueInCell,
} from './calc/file-cells.ts'
import type { Milestone, Step } from './calc/state.ts'
import { howMeasured } from './measured.ts'
import { checkAlone } from './rules.ts'
import type { GoalQuestion, GoalRow } from './store.ts'

/** Cells as a file has them; null where there is nothing. */
export interface GoalCells {
  seller: string | null
  team: string | null
  private: boolean
  metric: string | null
  activities: string | null
  outcome: string | null
  steps: string | null
  filters: string | null
  target: number | null
  unit: string | null
  currency: string | null
  firstDay: Day
  lastDay: Day
  milestones: string | null
}

/** The goal a row means, but for whose it is and for filters, which only the records tell. */
export interface GoalOfRow {
  kind: GoalRow['kind']
  metric: string | null
  question: GoalQuestion
  filters: FilterCells[]
  target: number
  from: Day
  until: Day
  milestones: Milestone[]
  steps: Step[]
}

export type GoalFault =
  | 'goal.one_owner'
  | 'goal.one_measure'
  | 'goal.metric_unknown'
  | 'goal.activity_unknown'
  | 'goal.unit'
  | 'goal.currency'
  | 'goal.filter'
  | 'goal.milestone'
  | 'goal.step'
  | 'goal.target'
  | 'goal.backwards'
  | 'goal.too_long'
type Faulty = { fault: GoalFault; field: string }

const fault = (code: GoalFault, field: string): Faulty => ({ fault: code, field })

export function goalOfRow(cells: GoalCells, baseCurrency: string): { goal: GoalOfRow } | Faulty {
  if (cells.team !== null && (cells.seller !== null || cells.private))
    return fault('goal.one_owner', 'team')
  const counted = whatCounts(cells)
  if ('fault' in counted) return counted
  const { unit } = howMeasured(counted)
  if (cells.unit !== null && cells.unit !== unit) return fault('goal.unit', 'unit')
  if (unit === 'money' && (cells.currency ?? baseCurrency) !== baseCurrency)
    return fault('goal.currency', 'currency')
  const measured = { unit, currency: baseCurrency }
  const target = counted.kind === 'steps' ? counted.steps.length : (cells.target ?? Number.NaN)
  const value = valueInCell(target, measured)
  if (value === undefined || Number.isNaN(value)) return fault('goal.target', 'target')
  const milestones =
    counted.kind === 'steps' ? [] : milestonesInCell(cells.milestones ?? '', measured)
  if (!milestones || milestones.length > 40) return fault('goal.milestone', 'milestones')
  const filters = filtersMeant(cells.filters)
  if (!filters) return fault('goal.filter', 'filters')
  const goal = {
    ...counted,
    filters,
    target: value,
    from: cells.firstDay,
    until: addDays(cells.lastDay, 1),
    milestones,
  }
  return refused(goal, cells) ?? { goal }
}

/** Exactly one of metric, activities and steps says what counts. */
function whatCounts({
  metric,
  activities,
  steps,
  outcome,
}: GoalCells): Pick<GoalOfRow, 'kind' | 'metric' | 'question' | 'steps'> | Faulty {
  const said = [metric, activities, steps].filter((cell) => cell !== null)
  if (said.length !== 1) return fault('goal.one_measure', 'metric')
  if (metric !== null) {
    const id = metricMeant(metric)
    return id === undefined
      ? fault('goal.metric_unknown', 'metric')
      : { kind: 'metric', metric: id, question: {}, steps: [] }
  }
  if (activities !== null) {
    const kinds = activitiesInCell(activities)
    if (!kinds) return fault('goal.activity_unknown', 'activities')
    const question = {
      activities: [...new Set(kinds)].sort(),
      ...(outcome === null ? {} : { outcome }),
    }
    return { kind: 'activity', metric: null, question, steps: [] }
  }
  const found = stepsInCell(steps ?? '')
  return found && found.length > 0 && found.length <= 100
    ? { kind: 'steps', metric: null, question: {}, steps: found }
    : fault('goal.step', 'steps')
}

/** Filters under the ids of their dimensions. */
function filtersMeant(cell: string | null): FilterCells[] | undefined {
  const filters = cell === null ? [] : filtersInCell(cell)
  const meant = filters?.flatMap(({ dimension, cells }) => {
    const id = dimensionMeant(dimension)
    return id === undefined ? [] : [{ dimension: id, cells }]
  })
  return meant?.length === filters?.length ? meant : undefined
}

/** Fields at fault by what the rules of goals refuse. */
const fieldAtFault: Readonly<Record<string, string>> = {
  'goal.backwards': 'last_day',
  'goal.too_long': 'last_day',
  'goal.target': 'target',
  'goal.filter': 'filters',
  'goal.milestone': 'milestones',
}

/** The same rules as for a goal that is set by hand. */
function refused(goal: GoalOfRow, cells: GoalCells): Faulty | undefined {
  const where = Object.fromEntries(goal.filters.map((one) => [one.dimension, [...one.cells]]))
  try {
    checkAlone({
      ...goal,
      question: { ...goal.question, ...(goal.filters.length > 0 ? { where } : {}) },
      owner_id: null,
      // Only whether there is one counts here.
      seller_id: cells.private ? 'self' : cells.seller,
      team_id: cells.team,
      from_on: goal.from,
      until_on: goal.until,
      repeats: null,
      series_id: null,
    })
    return undefined
  } catch (error) {
    const field = error instanceof Refusal ? fieldAtFault[error.code] : undefined
    if (field === undefined) throw error
    return fault((error as Refusal).code as GoalFault, field)
  }
}
