// `kontor quota list | set | allocate | approve | return | attainment`: quotas from the command line.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Figure } from '../basics/figure.ts'
import { fromMinor, toMinor } from '../basics/money.ts'
import type { MetricId } from '../features/results/contract.ts'
import { type Connection, connect } from './connect.ts'
import { addCommon, type Common } from './options.ts'
import { answer, exit, figureText, note, table } from './output.ts'
import { whereOf } from './results.ts'

interface About extends Common {
  metric?: string
  period?: string
  where?: string[]
  seller?: string
  team?: string
  position?: string
}

interface Setting extends About {
  amount?: string
  currency?: string
  reason?: string
  propose?: boolean
}

interface Allocating extends About {
  total?: string
  to: 'people' | 'level'
  method: 'equal' | 'last-year' | 'potential' | 'by-hand'
  driver: 'customers' | 'pipeline' | 'last-year'
  ramp?: number[]
  workingDays?: boolean
  part?: string[]
  reason?: string
  propose?: boolean
  dryRun?: boolean
}

interface Listing extends About {
  state?: 'proposed' | 'approved' | 'returned'
  kind?: 'quota' | 'commitment'
  limit?: number
  cursor?: string
}

interface Attaining extends About {
  by: 'seller' | 'team' | 'position'
  grain?: 'month' | 'quarter' | 'year' | 'fiscal-quarter' | 'fiscal-year'
}

const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value]

function rampOption(text: string): number[] {
  const steps = text.split(/[\s,]+/).map(Number)
  if (!steps.every((step) => step >= 0 && step <= 100))
    throw new InvalidArgumentError('A ramp is percents by month, such as 25,50,75.')
  return steps.map((step) => step / 100)
}

function limitOption(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new InvalidArgumentError('A page has 1 to 200 rows.')
  return limit
}

async function connected(
  options: Common,
  work: (connection: Connection) => Promise<number>,
): Promise<number> {
  const connection = await connect(options)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** Metric, filters and period as the operations take them. */
const aboutOf = ({ metric, where, period }: About) => ({
  metric: (metric ?? 'revenue') as MetricId,
  where: whereOf(where),
  period: period ?? '',
})

/** Whether amounts of a metric are money, and of which currency. */
async function currencyOf(connection: Connection, metric: string): Promise<string | undefined> {
  const { rows } = await connection.call('results.metrics', {})
  if (rows.find(({ id }) => id === metric)?.unit === 'count') return undefined
  return (await connection.call('organisations.get', {})).settings.baseCurrency
}

/** An amount as it is written, in minor units; what is counted is a whole number. */
const amountOf = (text: string, currency: string | undefined) =>
  currency === undefined ? Number(text) : toMinor(text, currency, { finer: 'refuse' })
const amountText = (amount: number, currency: string | null) =>
  currency === null ? String(amount) : fromMinor(amount, currency)

function listQuotas(options: Listing): Promise<number> {
  return connected(options, async (connection) => {
    const idOf = async (kind: 'seller' | 'team', name: string | undefined) => {
      if (name === undefined) return undefined
      const { rows } = await connection.call('results.cells', { dimension: kind, search: name })
      const found = rows.find((cell) => cell !== null && typeof cell !== 'string')
      return found && typeof found === 'object' ? found.id : name
    }
    const [sellerId, teamId] = [
      await idOf('seller', options.seller),
      await idOf('team', options.team),
    ]
    const positionId = await positionOf(connection, options.position)
    const page = await connection.call('quotas.list', {
      ...(options.metric ? { metric: options.metric as MetricId } : {}),
      ...(options.state ? { state: options.state } : {}),
      ...(options.kind ? { kind: options.kind } : {}),
      ...(sellerId ? { sellerId } : {}),
      ...(teamId ? { teamId } : {}),
      ...(positionId ? { positionId } : {}),
      ...(options.asOf ? { asOf: options.asOf } : {}),
      ...(options.cursor ? { cursor: options.cursor } : {}),
      limit: options.limit ?? 50,
    })
    if (options.json) answer(page)
    else {
      answer(
        table(
          ['id', 'who', 'metric', 'period', 'amount', 'currency', 'kind', 'state'],
          page.rows.map((row) => [
            row.id,
            row.holder.name,
            row.metric,
            row.period.id,
            amountText(row.amount, row.currency),
            row.currency ?? '',
            row.kind,
            row.state,
          ]),
        ),
      )
      if (page.next !== undefined) note(`Next page: --cursor ${page.next}`)
    }
    return exit.done
  })
}

/** The id of the position of this name; what no position is called may be an id. */
async function positionOf(connection: Connection, name: string | undefined) {
  if (name === undefined) return undefined
  const { rows } = await connection.call('positions.list', { search: name })
  return rows.find((row) => row.name.toLowerCase() === name.toLowerCase())?.id ?? name
}

function setQuota(options: Setting): Promise<number> {
  return connected(options, async (connection) => {
    const about = aboutOf(options)
    const base = await currencyOf(connection, about.metric)
    const currency = options.currency ?? base
    const written = await connection.call('quotas.set', {
      ...about,
      ...(options.seller === undefined ? {} : { seller: options.seller }),
      ...(options.team === undefined ? {} : { team: options.team }),
      ...(options.position === undefined ? {} : { position: options.position }),
      amount: amountOf(options.amount ?? '', currency),
      ...(options.currency === undefined ? {} : { currency: options.currency }),
      approve: options.propose !== true,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    })
    if (options.json) answer(written)
    else note(`Quota ${written.id} is ${written.state}; undo with: kontor undo ${written.changeId}`)
    return exit.done
  })
}

function allocate(options: Allocating): Promise<number> {
  return connected(options, async (connection) => {
    const about = aboutOf(options)
    const currency = await currencyOf(connection, about.metric)
    const total = options.total === undefined ? {} : { total: amountOf(options.total, currency) }
    const team = options.team === undefined ? {} : { team: options.team }
    const plan = await connection.call('quotas.plan', {
      ...about,
      ...total,
      ...team,
      to: options.to,
      method: options.method,
      driver: options.driver,
      ramp: options.ramp ?? [],
      workingDays: options.workingDays ?? false,
    })
    if (plan.potential) {
      const { status, n, needed, r2 } = plan.potential.fit
      note(
        status === 'not_enough_data'
          ? `Not enough holders for a line: ${n} of ${needed}. The parts stay as they are.`
          : status === 'ok'
            ? `The line through ${n} holders explains ${((r2 ?? 0) * 100).toFixed(0)} % of the differences.`
            : 'Results do not rise with this potential. The parts stay as they are.',
      )
    }
    const byHand = new Map(
      (options.part ?? []).map((one) => {
        const at = one.lastIndexOf('=')
        return [one.slice(0, at), amountOf(one.slice(at + 1), currency)] as const
      }),
    )
    const parts = plan.rows.map(({ holder, part }) => ({
      [holder.kind]: holder.id,
      amount: byHand.get(holder.name) ?? part,
    }))
    const unknown = [...byHand.keys()].find(
      (name) => !plan.rows.some(({ holder }) => holder.name === name),
    )
    if (unknown !== undefined) {
      note(`“${unknown}” is not among those the number is divided among.`)
      return exit.asked
    }
    const done = await connection.call('quotas.allocate', {
      ...about,
      ...team,
      total: plan.total,
      parts,
      approve: options.propose !== true,
      preview: options.dryRun === true,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    })
    const rows = plan.rows.map(({ holder }, i) => ({
      who: holder.name,
      amount: parts[i]?.amount ?? 0,
    }))
    if (options.json) answer({ ...done, total: plan.total, currency: plan.currency, rows })
    else {
      answer(
        table(
          ['who', 'amount'],
          rows.map(({ who, amount }) => [who, amountText(amount, plan.currency)]),
        ),
      )
      note(
        `${done.added} new, ${done.changed} changed, ${done.same} as they are${options.dryRun ? '; nothing is written' : `: ${done.state}; undo with: kontor undo ${done.changeId ?? ''}`}`,
      )
    }
    return exit.done
  })
}

function decide(
  ids: readonly string[],
  decision: 'approved' | 'returned',
  options: Common & { reason?: string },
): Promise<number> {
  return connected(options, async (connection) => {
    const done = await connection.call('quotas.decide', {
      ids: [...ids],
      decision,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    })
    if (options.json) answer(done)
    else note(`${done.decided} ${decision}; undo with: kontor undo ${done.changeId}`)
    return exit.done
  })
}

function showAttainment(options: Attaining): Promise<number> {
  return connected(options, async (connection) => {
    const rowsOf = async () => {
      const given = {
        by: options.by,
        where: whereOf(options.where),
        lang: options.lang,
        limit: 200,
        ...(options.metric ? { metric: options.metric as MetricId } : {}),
        ...(options.grain ? { grain: options.grain } : {}),
        ...(options.period ? { period: options.period } : {}),
        ...(options.asOf ? { asOf: options.asOf } : {}),
      }
      const first = await connection.call('quotas.attainment', given)
      const rows = [...first.rows]
      let { next } = first
      while (next !== undefined) {
        const page = await connection.call('quotas.attainment', { ...given, cursor: next })
        rows.push(...page.rows)
        next = page.next
      }
      return { ...first, rows }
    }
    const found = await rowsOf()
    if (options.json) {
      const { revision, metric, currency, grain, focus, periods } = found
      const rows = found.rows.flatMap(({ holder, cells }) =>
        cells.flatMap((cell) => (cell ? [{ [holder.kind]: holder.name, ...cell }] : [])),
      )
      answer({ revision, metric, currency, grain, focus, periods, rows })
      return exit.done
    }
    const focus = found.periods.find(({ id }) => id === found.focus)
    if (focus) {
      note(
        `${focus.standing.atOrAbove} of ${focus.standing.n} at or above quota in ${focus.id}; ${focus.without} without a quota.`,
      )
    } else note('No quotas in this period.')
    answer(
      table(
        [options.by, ...found.periods.map(({ id }) => id)],
        found.rows.map(({ holder, cells }) => [
          holder.name,
          ...cells.map((cell) => (cell ? figureText(cell.attainment as Figure) : '—')),
        ]),
      ),
    )
    return exit.done
  })
}

function running<Options>(run: (options: Options) => Promise<number>) {
  return async (options: Options) => {
    process.exitCode = await run(options)
  }
}

/** Adds the command with what can be done below it. */
export function addQuota(kontor: Command): void {
  const quota = kontor.command('quota').description('quotas: list, set, allocate, decide, attain')
  const about = (command: Command) =>
    addCommon(command)
      .option('--metric <id>', 'what is measured (default: revenue)')
      .option('--where <dimension=cell>', 'only these; may be repeated', collect)
  const propose = (command: Command) =>
    command
      .option('--propose', 'wait for approval instead of holding at once')
      .option('--reason <text>', 'kept with the decision')

  addCommon(quota.command('list'))
    .description('quotas and commitments, newest period first')
    .option('--metric <id>', 'only this metric')
    .option('--seller <name>', 'only this seller')
    .option('--team <name>', 'only this team')
    .option('--position <name>', 'only this position')
    .addOption(new Option('--state <state>').choices(['proposed', 'approved', 'returned']))
    .addOption(new Option('--kind <kind>').choices(['quota', 'commitment']))
    .addOption(new Option('--limit <rows>', 'rows on a page').argParser(limitOption))
    .option('--cursor <text>', 'next page')
    .action(running<Listing>(listQuotas))

  propose(about(quota.command('set')))
    .description('set or correct the quota of a seller, a team or a position')
    .option('--seller <name>', 'whose, by name or id')
    .option('--team <name>', 'or which team’s')
    .option('--position <name>', 'or which position’s')
    .requiredOption('--period <period>', 'such as 2026-Q1, 2026-03, 2026, FY2026')
    .requiredOption('--amount <amount>', 'such as 125000.00; a number for what is counted')
    .option('--currency <code>', 'what the amount is said in (default: the base currency)')
    .action(running<Setting>(setQuota))

  propose(about(quota.command('allocate')))
    .description('divide a number among teams or people and write it as one change')
    .option('--team <name>', 'whose number (default: the whole organisation)')
    .requiredOption('--period <period>', 'such as 2026-Q1')
    .option('--total <amount>', 'the number (default: the quota the team has)')
    .addOption(new Option('--to <whom>', 'among').choices(['people', 'level']).default('people'))
    .addOption(
      new Option('--method <method>', 'how it is divided')
        .choices(['equal', 'last-year', 'potential', 'by-hand'])
        .default('equal'),
    )
    .addOption(
      new Option('--driver <what>', 'where the potential is taken from')
        .choices(['customers', 'pipeline', 'last-year'])
        .default('customers'),
    )
    .addOption(
      new Option('--ramp <percents>', 'by month since joining, such as 25,50,75').argParser(
        rampOption,
      ),
    )
    .option('--working-days', 'by working days of each')
    .option('--part <name=amount>', 'a part by hand; may be repeated', collect)
    .option('--dry-run', 'count, write nothing')
    .action(running<Allocating>(allocate))

  for (const [name, decision, says] of [
    ['approve', 'approved', 'approve quotas by id'],
    ['return', 'returned', 'give quotas back with a reason'],
  ] as const) {
    addCommon(quota.command(name).argument('<ids...>', 'quotas'))
      .description(says)
      .option('--reason <text>', 'kept with the decision')
      .action((ids: string[], options: Common & { reason?: string }) =>
        running(() => decide(ids, decision, options))(options),
      )
  }

  about(quota.command('attainment'))
    .description('what was attained of quotas, by seller, team or position and period')
    .addOption(new Option('--by <whom>').choices(['seller', 'team', 'position']).default('seller'))
    .option('--period <period>', 'such as 2026 (default: the last year with quotas)')
    .addOption(
      new Option('--grain <kind>', 'kind of period').choices([
        'month',
        'quarter',
        'year',
        'fiscal-quarter',
        'fiscal-year',
      ]),
    )
    .action(running<Attaining>(showAttainment))
}
