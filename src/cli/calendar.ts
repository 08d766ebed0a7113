// `kontor calendar days | holidays | off`: working days and why they are fewer, public holidays, a day off.
import { addDays, parsePeriod } from '../basics/period.ts'
import { Refusal } from '../basics/refusal.ts'
import { type Connection, connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, note, table } from './output.ts'

interface Whose {
  team?: string
  seller?: string
}
export interface CalendarOptions extends Common, Whose {
  year?: number
}
export interface DayOffOptions extends Common, Whose {
  half?: boolean
  works?: boolean
  reason?: string
}

/** The team or seller of this name, alone; without a name the organisation. */
async function whoseOf(
  connection: Connection,
  { team, seller }: Whose,
): Promise<{ teamId?: string; sellerId?: string }> {
  if (seller !== undefined) {
    const { rows } = await connection.call('sellers.list', { search: seller, limit: 200 })
    return { sellerId: onlyOne('seller', seller, rows) }
  }
  if (team === undefined) return {}
  const { rows } = await connection.call('teams.list', {})
  return { teamId: onlyOne('team', team, rows) }
}

/** By exact name, else by the only one whose name holds the words. */
function onlyOne(
  kind: 'seller' | 'team',
  wanted: string,
  rows: readonly { id: string; name: string }[],
): string {
  const key = wanted.trim().toLowerCase()
  const exact = rows.filter(({ id, name }) => id === wanted || name.toLowerCase() === key)
  const found =
    exact.length > 0 ? exact : rows.filter(({ name }) => name.toLowerCase().includes(key))
  const [one, other] = found
  if (one && !other) return one.id
  throw new Refusal({
    code: `${kind}.${one ? 'ambiguous' : 'not_found'}`,
    message: one
      ? `“${wanted}” fits more than one ${kind}: ${found
          .slice(0, 5)
          .map(({ name }) => name)
          .join(', ')}.`
      : `There is no ${kind} “${wanted}”.`,
    next: `Name one ${kind} exactly.`,
    status: one ? 409 : 404,
  })
}

/** Days of a month or a year; without one the month it is. */
export async function showDays(
  period: string | undefined,
  options: CalendarOptions,
): Promise<number> {
  const connection = await connect(options)
  try {
    const { settings } = await connection.call('organisations.get', {})
    const today =
      options.today ?? new Date().toLocaleDateString('sv-SE', { timeZone: settings.zone })
    const { from, until } = parsePeriod(period ?? today.slice(0, 7), settings)
    const whose = await whoseOf(connection, options)
    const found = await connection.call('calendars.days', { ...whose, from, until })
    if (options.json) {
      answer(found)
      return exit.done
    }
    const { place } = found.rules
    note(
      `${found.owner.name || 'Organisation'}: ${found.workingDays} working days from ${from} until before ${until}${found.left === null ? '' : `, ${found.left} left from today`}.`,
    )
    note(
      place
        ? `Without the public holidays of ${place.name[options.lang]}.`
        : 'No country is set, so no public holiday is taken off.',
    )
    const unusual = found.rows.flatMap((row) => {
      const held = found.exceptions.filter(({ id }) => row.exceptions.includes(id))
      const why = [
        ...(row.holiday ? [row.holiday[options.lang]] : []),
        ...held.map((one) => one.reason ?? (one.kind === 'off' ? 'day off' : 'works')),
      ]
      return why.length > 0 ? [[row.day, String(row.share), why.join(', ')]] : []
    })
    answer(
      table(
        ['month', 'working days'],
        found.months.map(({ month, workingDays }) => [month, String(workingDays)]),
      ),
    )
    if (unusual.length > 0) {
      answer('')
      answer(table(['day', 'counts', 'why'], unusual))
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

/** `DE`, `DE-BY`, `DE-BY-A`; without one the place of the organisation's calendar. */
export async function showHolidays(
  code: string | undefined,
  options: CalendarOptions,
): Promise<number> {
  const connection = await connect(options)
  try {
    const place = code === undefined ? await ownPlace(connection) : placeIn(code)
    if (!place) {
      note('The calendar of the organisation names no country.')
      note('Name one, such as DE or DE-BY, or set it on the page “Working days”.')
      return exit.asked
    }
    const year = options.year ?? Number((options.today ?? new Date().toISOString()).slice(0, 4))
    const { rows } = await connection.call('calendars.holidays', { ...place, year })
    if (options.json) answer({ rows })
    else
      answer(
        table(
          ['day', 'holiday'],
          rows.map(({ day, name }) => [day, name[options.lang]]),
        ),
      )
    return exit.done
  } finally {
    await connection.close()
  }
}

function placeIn(code: string) {
  const [country = '', region, ...rest] = code.split('-')
  return {
    country: country.toUpperCase(),
    ...(region ? { region } : {}),
    ...(rest.length > 0 ? { subregion: rest.join('-') } : {}),
  }
}

async function ownPlace(connection: Connection) {
  const { today } = await connection.call('calendars.days', {
    from: '2000-01-01',
    until: '2000-01-02',
  })
  const { rules } = await connection.call('calendars.days', {
    from: today,
    until: addDays(today, 1),
  })
  return rules.place?.value
}

/** Both days inclusive, as people say it. */
export async function addDayOff(
  first: string,
  last: string | undefined,
  options: DayOffOptions,
): Promise<number> {
  const connection = await connect(options)
  try {
    const written = await connection.call('calendar-exceptions.create', {
      ...(await whoseOf(connection, options)),
      from: first,
      until: addDays(last ?? first, 1),
      kind: options.works ? 'works' : 'off',
      share: options.half ? 0.5 : 1,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    })
    if (options.json) answer(written)
    else note(`Entered; take it back with: kontor undo ${written.changeId}`)
    return exit.done
  } finally {
    await connection.close()
  }
}
