// The command line: one program, every command; answers on stdout, everything else on stderr.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { exportFormats, exportTables } from '../features/exports/contract.ts'
import { forecastMethods } from '../features/forecast/contract.ts'
import { importKinds, presets } from '../features/imports/contract.ts'
import { searchKinds } from '../features/search/contract.ts'
import { version } from '../platform/version.ts'
import { type BetweenOptions, showBetween } from './between.ts'
import {
  addDayOff,
  type CalendarOptions,
  type DayOffOptions,
  showDays,
  showHolidays,
} from './calendar.ts'
import { type ChangesOptions, showChanges } from './changes.ts'
import { type ExportOptions, exportTable } from './export.ts'
import { type ForecastOptions, showBackTest, showForecast, showGrades } from './forecast.ts'
import { addGoal, checkIn, type GoalOptions, listGoals, showGoal } from './goals.ts'
import { type ImportOptions, importFiles, undoBatch } from './import.ts'
import { backup, check, demo, doctor, key, restore } from './maintenance.ts'
import { addCommon, type Common, dayOption } from './options.ts'
import { exit, sayError } from './output.ts'
import { addQuota } from './quota.ts'
import { type ResultsOptions, showMetrics, showResults, showRows } from './results.ts'
import { type SearchOptions, search } from './search.ts'
import { type ServeOptions, serve } from './serve.ts'
import { showToday, type TodayOptions } from './today.ts'
import { exportWhole, importWhole } from './whole.ts'

const portDefault = 7411

function portOption(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a number up to 65535.')
  return port
}

function limitOption(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new InvalidArgumentError('A page has 1 to 200 rows.')
  return limit
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** Runs a command and keeps its exit code. */
function running<Options>(run: (options: Options) => Promise<number>) {
  return async (options: Options) => {
    process.exitCode = await run(options)
  }
}

function addPeriod(command: Command): Command {
  return command
    .option('--period <period>', 'such as 2017-Q4, 2017-03, 2017, FY2017-Q1')
    .option('--from <day>', 'first day')
    .option('--to <day>', 'day after the last one')
    .option('--where <dimension=cell>', 'only these; may be repeated', collect)
}

function horizonOption(text: string): number {
  const horizon = Number(text)
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > 24)
    throw new InvalidArgumentError('A forecast tells of 1 to 24 periods.')
  return horizon
}

/** `kontor forecast` and, below it, what it was worth on the past and since. */
function addForecast(kontor: Command): void {
  const asked = (command: Command) =>
    addCommon(command)
      .addOption(new Option('--metric <id>', 'what to forecast').default('revenue'))
      .addOption(
        new Option('--by <grain>', 'length of a period')
          .choices(['week', 'month', 'quarter'])
          .default('month'),
      )
      .addOption(
        new Option('--horizon <periods>', 'how many periods').argParser(horizonOption).default(6),
      )
      .option('--team <team>', 'only this team, by name or id')
      .option('--seller <seller>', 'only this seller, by name or id')
  const forecast = asked(kontor.command('forecast').enablePositionalOptions())
    .description('make a forecast and keep it, to be graded later')
    .action(running<ForecastOptions>(showForecast))
  asked(forecast.command('backtest'))
    .description('what the methods would have said in the past, and how far off they were')
    .addOption(
      new Option(
        '--method <method>',
        'whose forecasts (default: the method that is shown)',
      ).choices([...forecastMethods]),
    )
    .action(running<ForecastOptions>(showBackTest))
  addCommon(forecast.command('grades'))
    .addOption(new Option('--metric <id>', 'which figure').default('revenue'))
    .option('--team <team>', 'only of this team, by name or id')
    .option('--seller <seller>', 'only of this seller, by name or id')
    .description(
      'kept forecasts whose periods are over: error, bias, coverage, against the baseline',
    )
    .action(running<ForecastOptions>(showGrades))
}

export function program(): Command {
  const kontor = new Command('kontor')
    .description('Kontor: sales performance management')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    // So that `forecast backtest --by week` says it to `backtest` and not to `forecast`.
    .enablePositionalOptions()

  addCommon(kontor.command('serve'))
    .description('serve pages and API on this machine')
    .addOption(new Option('--port <number>', 'port').argParser(portOption).default(portDefault))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--no-demo', 'without the demo organisation')
    .option('--no-open', 'without opening a browser')
    .action((options: ServeOptions) => serve(options))

  addCommon(kontor.command('import').argument('[files...]', 'CSV or XLSX files; CSV also gzipped'))
    .description('bring files in; the same file again changes nothing')
    .addOption(new Option('--as <kind>', 'what the rows are').choices([...importKinds]))
    .option('--map <file>', 'mapping file')
    .addOption(new Option('--preset <name>', 'where the file comes from').choices([...presets]))
    .option('--dry-run', 'read and count, store nothing')
    .option('--fields [kind]', 'list the fields of a kind')
    .option('--all <folder>', 'a full export, into an empty organisation')
    .action((files: string[], options: ImportOptions & { all?: string }) =>
      running(() =>
        options.all === undefined ? importFiles(files, options) : importWhole(options.all, options),
      )(options),
    )

  addCommon(kontor.command('undo').argument('<id>', 'batch or change'))
    .description('take an import or a change back')
    .option('--refuse', 'undo nothing if rows changed since')
    .action((id: string, options: Common & { refuse?: boolean }) =>
      running(() => undoBatch(id, options))(options),
    )

  addCommon(kontor.command('metrics'))
    .description('list what is measured, and how')
    .action(running<Common>(showMetrics))

  addPeriod(addCommon(kontor.command('results')))
    .description('figures, in total or by dimensions')
    .option('--metric <ids>', 'comma-separated')
    .option('--by <dimensions>', 'one or two, comma-separated')
    .option('--names', 'records by name', true)
    .option('--ids', 'records by id')
    .action((options: ResultsOptions & { ids?: boolean }) =>
      running(() => showResults({ ...options, names: !options.ids }))(options),
    )

  addPeriod(addCommon(kontor.command('rows')))
    .description('the facts behind a figure')
    .option('--metric <id>', 'which figure')
    .addOption(new Option('--limit <rows>', 'rows on a page').argParser(limitOption))
    .option('--cursor <text>', 'next page')
    .action(running<ResultsOptions>(showRows))

  addPeriod(addCommon(kontor.command('changes')))
    .description('why a figure changed between two periods')
    .option('--metric <id>', 'which figure', 'revenue')
    .option('--by <dimension>', 'divided by what', 'seller')
    .option('--against <period>', 'previous, year-ago, or any other period', 'previous')
    .action(running<ChangesOptions>(showChanges))

  addForecast(kontor)
  addGoals(kontor.command('goals').description('goals with where they stand'))

  addPeriod(addCommon(kontor.command('export')))
    .description('a list or the facts behind a figure as CSV or XLSX, or everything as files')
    .addOption(new Option('--list <table>', 'which list or table').choices([...exportTables]))
    .option('--filter <json>', 'narrows the list, as its operation takes it')
    .option('--metric <id>', 'which figure')
    .option('--by <dimensions>', 'with --list figures or board')
    .addOption(new Option('--format <format>', 'kind of file').choices([...exportFormats]))
    .addOption(
      new Option('--headers <kind>', 'words to read, or names that stay').choices([
        'words',
        'fields',
      ]),
    )
    .option('--out <file>', 'into a file')
    .option('--all <folder>', 'everything the organisation holds, into an empty folder')
    .action((options: ExportOptions & { all?: string }) =>
      running(() =>
        options.all === undefined ? exportTable(options) : exportWhole(options.all, options),
      )(options),
    )

  addCommon(
    kontor.command('search').argument('<text...>', 'name, beginnings of its words, or number'),
  )
    .description('find customers, contacts, deals, orders, contracts, products, sellers and teams')
    .addOption(new Option('--kind <kinds...>', 'only these').choices([...searchKinds]))
    .addOption(new Option('--limit <rows>', 'rows of each kind, at most 50').argParser(limitOption))
    .action((words: string[], options: SearchOptions) =>
      running(() => search(words.join(' '), options))(options),
    )

  addCommon(
    kontor
      .command('between')
      .argument('<day>', 'the earlier day', dayOption)
      .argument('[day]', 'the later day (default: today)', dayOption),
  )
    .description('what changed in the books between two days, as known at the end of each')
    .option('--period <period>', 'only sales of this period, such as 2017-Q4')
    .addOption(
      new Option('--order <order>', 'order of the changes')
        .choices(['latest', 'effect'])
        .default('effect'),
    )
    .addOption(new Option('--limit <rows>', 'changes on a page').argParser(limitOption))
    .option('--cursor <text>', 'next page of changes')
    .action((earlier: string, later: string | undefined, options: BetweenOptions) =>
      running(() => showBetween(earlier, later, options))(options),
    )

  addCommon(kontor.command('today'))
    .description('what waits for you, in the order of what is due and at stake')
    .option('--all', 'everything within reach, not only your own')
    .option('--snoozed', 'only what is put off')
    .addOption(new Option('--limit <rows>', 'rows on a page').argParser(limitOption))
    .action(running<TodayOptions>(showToday))

  addCalendar(kontor)
  addQuota(kontor)

  addCommon(kontor.command('check'))
    .description('recompute the chain of changes, digests and sums')
    .option('--anchor <file>', 'compare with an anchor written earlier')
    .option('--write-anchor <file>', 'write an anchor to keep elsewhere')
    .action(running<Common & { anchor?: string }>(check))

  addCommon(kontor.command('backup').argument('<file>'))
    .description('back the embedded database up, also while it is used')
    .action((file: string, options: Common) => running(() => backup(file, options))(options))

  addCommon(kontor.command('restore').argument('<file>'))
    .description('put a backup in place')
    .option('--force', 'into a folder that holds data; that data is moved aside')
    .action((file: string, options: Common & { force?: boolean }) =>
      running(() => restore(file, options))(options),
    )

  addCommon(kontor.command('key'))
    .description('the launch key, with the address if Kontor runs')
    .option('--rotate', 'make a new key; the old one stops working')
    .action(running<Common & { rotate?: boolean }>(key))

  addCommon(kontor.command('demo'))
    .description('make the demo organisation')
    .option('--remove', 'remove it, whole')
    .action(running<Common & { remove?: boolean }>(demo))

  addCommon(kontor.command('doctor'))
    .description('what this machine offers and where things are')
    .action(running<Common>(doctor))
  return kontor
}

function addCalendar(kontor: Command): void {
  const calendar = kontor
    .command('calendar')
    .description('working days of a month or year, public holidays, days off')
  const add = (name: string) =>
    addCommon(calendar.command(name))
      .option('--team <name>', 'calendar of this team')
      .option('--seller <name>', 'calendar of this seller')
  add('days')
    .description('working days of a month, quarter or year, and what makes them fewer')
    .argument('[period]', 'such as 2026-11 or 2026 (default: this month)')
    .action((period: string | undefined, options: CalendarOptions) =>
      running(() => showDays(period, options))(options),
    )
  addCommon(calendar.command('holidays'))
    .description('public holidays of a country or region')
    .argument('[place]', 'such as DE, DE-BY, DE-BY-A, AT, US (default: that of the calendar)')
    .addOption(new Option('--year <year>', 'which year').argParser(Number))
    .action((place: string | undefined, options: CalendarOptions) =>
      running(() => showHolidays(place, options))(options),
    )
  add('off')
    .description('enter a day off, or several')
    .argument('<first>', 'first day', dayOption)
    .argument('[last]', 'last day (default: the first)', dayOption)
    .option('--half', 'half of each day')
    .option('--works', 'no day off: worked all the same')
    .option('--reason <text>', 'why')
    .action((first: string, last: string | undefined, options: DayOffOptions) =>
      running(() => addDayOff(first, last, options))(options),
    )
}

function addGoals(goals: Command): void {
  addCommon(goals.command('list'))
    .description('running and upcoming goals, those that end first at the top')
    .option('--over', 'those that are over')
    .action(running<GoalOptions>(listGoals))

  addCommon(goals.command('show').argument('<id>', 'goal'))
    .description('a goal with its course')
    .action((id: string, options: GoalOptions) => running(() => showGoal(id, options))(options))

  addCommon(goals.command('add'))
    .description('set a goal on a metric')
    .requiredOption('--name <text>', 'what it is called')
    .option('--metric <id>', 'what is measured', 'revenue')
    .requiredOption('--target <number>', 'money in whole units, a rate from 0 to 1')
    .addOption(new Option('--from <day>', 'first day').argParser(dayOption).makeOptionMandatory())
    .addOption(
      new Option('--until <day>', 'day after the last one')
        .argParser(dayOption)
        .makeOptionMandatory(),
    )
    .option('--seller <name>', 'whose, by name or id')
    .option('--team <name>', 'of which team')
    .option('--private', 'seen by nobody else')
    .addOption(new Option('--repeats <rule>', 'comes again').choices(['month', 'quarter', 'year']))
    .option('--no-shared', 'the people of the team do not see its total')
    .option('--why <text>', 'why it matters')
    .action(running<GoalOptions>(addGoal))

  addCommon(goals.command('checkin').argument('<id>', 'goal'))
    .description('keep what moved, what blocks and what comes next this week')
    .option('--moved <text>', 'what moved')
    .option('--blocks <text>', 'what blocks')
    .option('--next <text>', 'next step')
    .action((id: string, options: GoalOptions) => running(() => checkIn(id, options))(options))
}

/** Runs the words of a command line; the exit code lands in process.exitCode. */
export async function main(words: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exit.done : exit.asked
    } else {
      process.exitCode = sayError(error)
    }
  }
}

if (import.meta.main) await main(process.argv.slice(2))
