// Options that every command has.
import { type Command, InvalidArgumentError, Option } from 'commander'

export interface Common {
  json?: boolean
  data?: string
  databaseUrl?: string
  org?: string
  lang: 'en' | 'de'
  asOf?: string
  today?: string
}

export function dayOption(text: string): string {
  const fits = /^\d{4}-\d{2}-\d{2}$/.test(text)
  try {
    if (fits) return Temporal.PlainDate.from(text).toString()
  } catch {
    // falls through to the sentence below
  }
  throw new InvalidArgumentError('A day is written YYYY-MM-DD.')
}

export function addCommon(command: Command): Command {
  return command
    .option('--json', 'answer as JSON')
    .option('--data <folder>', 'data folder (default: KONTOR_DATA, else the place for this user)')
    .addOption(
      new Option('--database-url <url>', 'a served PostgreSQL instead of the embedded one').env(
        'DATABASE_URL',
      ),
    )
    .option('--org <name>', 'organisation by short name, id or name (default: the own one)')
    .addOption(
      new Option('--lang <language>', 'language of sentences')
        .choices(['en', 'de'])
        .default(defaultLanguage()),
    )
    .option('--as-of <day>', 'as it was known at the end of this day', dayOption)
    .option('--today <day>', 'the day to count as today', dayOption)
}

function defaultLanguage(): 'en' | 'de' {
  return (process.env.LC_ALL ?? process.env.LANG ?? '').toLowerCase().startsWith('de') ? 'de' : 'en'
}
