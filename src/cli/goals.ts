// `kontor goals list | show | add | checkin`: goals with where they stand.
import type { Figure } from '../basics/figure.ts'
import { minorDigits } from '../basics/money.ts'
import { Refusal } from '../basics/refusal.ts'
import type { MetricId } from '../features/results/contract.ts'
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, figureText, note, table } from './output.ts'

export interface GoalOptions extends Common {
  over?: boolean
  name?: string
  metric?: string
  target?: string
  from?: string
  until?: string
  seller?: string
  team?: string
  private?: boolean
  repeats?: 'month' | 'quarter' | 'year'
  shared?: boolean
  why?: string
  moved?: string
  blocks?: string
  next?: string
}

export async function listGoals(options: GoalOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const rows = []
    let cursor: string | undefined
    do {
      const page = await connection.call('goals.list', {
        is: options.over ? 'over' : 'current',
        lang: options.lang,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      })
      rows.push(...page.rows)
      cursor = page.next
    } while (cursor !== undefined)
    if (options.json) answer(rows)
    else {
      answer(
        table(
          ['goal', 'whose', 'attained', 'target', 'until', 'state', 'chance', 'id'],
          rows.map((row) => [
            row.name,
            row.private ? '(private)' : (row.seller?.name ?? row.team?.name ?? '(all)'),
            figureText(row.outlook.attained as Figure),
            figureText({ value: row.target, unit: row.unit, currency: row.currency }),
            row.until,
            row.state,
            row.outlook.chanceText,
            row.id,
          ]),
        ),
      )
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

export async function showGoal(id: string, options: GoalOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const goal = await connection.call('goals.get', { id, lang: options.lang })
    if (options.json) answer(goal)
    else {
      const { outlook } = goal
      note(
        `${goal.name}: ${figureText(outlook.attained as Figure)} of ${figureText({ value: goal.target, unit: goal.unit, currency: goal.currency })}, ${goal.from} to before ${goal.until}, ${goal.state}`,
      )
      if (outlook.chanceText !== '') note(`chance: ${outlook.chanceText}`)
      if (outlook.missing) note(outlook.missing)
      answer(
        table(
          ['day', 'attained', 'pace', 'low80', 'middle', 'high80'],
          goal.course.map(({ on, actual, seasonal, fan }) => [
            on,
            written(actual),
            written(seasonal),
            written(fan?.[1]),
            written(fan?.[3]),
            written(fan?.[5]),
          ]),
        ),
      )
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

const written = (value: number | null | undefined) =>
  value === null || value === undefined ? '—' : String(Math.round(value * 100) / 100)

/** Sellers and teams by name or id; money in whole units of the base currency, as people write it. */
export async function addGoal(options: GoalOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const metric = (options.metric ?? 'revenue') as MetricId
    const unit = (await connection.call('results.metrics', {})).rows.find(
      ({ id }) => id === metric,
    )?.unit
    const { settings } = await connection.call('organisations.get', {})
    const target = Number(options.target)
    const written = await connection.call('goals.add', {
      name: options.name ?? '',
      kind: 'metric',
      metric,
      target:
        unit === 'money' ? Math.round(target * 10 ** minorDigits(settings.baseCurrency)) : target,
      from: options.from ?? '',
      until: options.until ?? '',
      sellerId: await idOf(connection, 'sellers.list', options.seller),
      teamId: await idOf(connection, 'teams.list', options.team),
      private: options.private ?? false,
      repeats: options.repeats ?? null,
      shared: options.shared ?? true,
      why: options.why ?? null,
    })
    if (options.json) answer(written)
    else note(`Goal set: ${written.id}`)
    return exit.done
  } finally {
    await connection.close()
  }
}

async function idOf(
  connection: Awaited<ReturnType<typeof connect>>,
  list: 'sellers.list' | 'teams.list',
  wanted: string | undefined,
): Promise<string | null> {
  if (wanted === undefined) return null
  if (/^[0-9a-f-]{36}$/i.test(wanted)) return wanted
  const { rows } =
    list === 'sellers.list'
      ? await connection.call(list, { search: wanted, limit: 200 })
      : await connection.call(list, {})
  const found = rows.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const [only] = found
  if (found.length === 1 && only) return only.id
  throw new Refusal({
    code: 'request.invalid',
    message: `${found.length === 0 ? 'Nobody is' : 'Several are'} called “${wanted}”.`,
    next: 'Give the whole name, or the id.',
    status: 422,
  })
}

export async function checkIn(id: string, options: GoalOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const written = await connection.call('goals.check-in', {
      id,
      moved: options.moved ?? null,
      blocks: options.blocks ?? null,
      nextStep: options.next ?? null,
    })
    if (options.json) answer(written)
    else note('Check-in kept.')
    return exit.done
  } finally {
    await connection.close()
  }
}
