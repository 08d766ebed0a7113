// Operations on work calendars: working days of anybody, what calendars say, public holidays, days off.
import { z } from 'zod'
import { byReach, everybody, operation, type Policy, writesByReach } from '../../basics/contract.ts'
import { day, id, shortText, version, written } from '../../basics/schema.ts'

/** Longest stretch of days told one by one: a year and a week on either side. */
export const daysMost = 380
/** Years for which public holidays are reckoned. */
const year = z.int().min(1900).max(2199)

/** Whose calendar; neither: the organisation's. */
const whose = { teamId: id.optional(), sellerId: id.optional() }

const code = (letters: string) => z.string().regex(new RegExp(letters), 'not a code')
const country = code('^[A-Z]{2}$').describe('ISO 3166-1 code of two letters')
const region = code('^[A-Za-z0-9-]{1,20}$').describe('Code of the region within its country')
const place = z.object({ country, region: region.optional(), subregion: region.optional() })
const share = z.number().min(0).max(1)
const weekdays = z.array(share).length(7).describe('Share of a working day, Monday to Sunday')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day is written HH:MM')
const hours = z
  .array(z.object({ from: time, until: time }).nullable())
  .length(7)
  .describe('Business hours, Monday to Sunday, in the time zone of the organisation; null: closed')

/** The organisation has no id of its own here. */
const owner = z.object({
  kind: z.enum(['organisation', 'team', 'seller']),
  id,
  name: z.string(),
})
const words = z.object({ en: z.string(), de: z.string() })
const holiday = z.object({ day, name: words })
const entry = z.object({
  id,
  version: z.int(),
  owner,
  from: day,
  place: place.nullable(),
  weekdays: weekdays.nullable(),
  hours: hours.nullable(),
})
const exception = z.object({
  id,
  version: z.int(),
  owner,
  from: day,
  /** The day after the last one. */
  until: day,
  kind: z.enum(['off', 'works']),
  share: z.number(),
  reason: z.string().nullable(),
  /** Whether who asks may change or remove it. */
  mine: z.boolean(),
})
const codes = z.array(z.object({ code: z.string(), name: z.string() }))

/** Calendars bear on what others are measured by: who leads a team sets them, nobody their own alone. */
const setsCalendars: Policy = { manager: 'team', 'compensation-admin': 'all', admin: 'all' }
const setRefusals = [
  'calendar.two_owners',
  'calendar.not_yours',
  'team.not_found',
  'seller.not_found',
  'record.changed',
] as const

const exceptionFields = {
  from: day,
  until: day.describe('The day after the last one'),
  kind: z.enum(['off', 'works']).default('off'),
  share: z.number().gt(0).max(1).default(1).describe('Of the day: 0.5 is half a day'),
  reason: shortText.nullable().optional(),
}

export const calendarsContract = {
  'calendars.days': operation({
    sentence:
      'Tells the days of the organisation, a team or a seller: what each is and why, and how many working days they add up to.',
    method: 'GET',
    path: '/calendars/days',
    input: z.object({ ...whose, from: day, until: day.describe('The day after the last one') }),
    output: z.object({
      owner,
      from: day,
      until: day,
      /** Sum of the shares. */
      workingDays: z.number(),
      /** In the zone of the organisation. */
      today: day,
      /** Working days from today on, today included; null when today lies outside. */
      left: z.number().nullable(),
      months: z.array(z.object({ month: z.string(), workingDays: z.number() })),
      rows: z.array(
        z.object({
          day,
          share: z.number(),
          /** What the weekday alone would be. */
          usual: z.number(),
          holiday: words.nullable(),
          /** Ids of the exceptions that hold on the day. */
          exceptions: z.array(id),
        }),
      ),
      exceptions: z.array(exception),
      /** What holds today, part by part, with whose calendar says it; without one nobody has set it. */
      rules: z.object({
        place: z.object({ value: place, name: words, owner }).nullable(),
        weekdays: z.object({ value: weekdays, owner: owner.nullable() }),
        hours: z.object({ value: hours, owner: owner.nullable() }),
      }),
      /** What who asks may do here. */
      may: z.object({ setCalendar: z.boolean(), addExceptions: z.boolean() }),
    }),
    policy: byReach,
    refusals: [
      'calendar.two_owners',
      'calendar.not_yours',
      'calendar.too_long',
      'period.backwards',
      'team.not_found',
      'seller.not_found',
    ],
  }),
  'calendars.list': operation({
    sentence: 'Lists what calendars of the organisation and its teams say, or those of one owner.',
    method: 'GET',
    path: '/calendars',
    input: z.object(whose),
    output: z.object({ rows: z.array(entry) }),
    policy: byReach,
    refusals: ['calendar.two_owners', 'calendar.not_yours', 'team.not_found', 'seller.not_found'],
  }),
  'calendars.set': operation({
    sentence:
      'Says country, weekdays and hours of a calendar from a day on; what is null is as in the calendar above.',
    method: 'PUT',
    path: '/calendars',
    input: z.object({
      ...whose,
      /** Absent: since ever. */
      from: day.optional(),
      place: place.nullable(),
      weekdays: weekdays.nullable(),
      hours: hours.nullable(),
      version,
    }),
    output: written,
    policy: setsCalendars,
    changes: true,
    undo: true,
    refusals: [...setRefusals, 'calendar.unknown_place', 'calendar.hours_backwards'],
  }),
  'calendars.remove': operation({
    sentence: 'Removes what a calendar says from a day on; the entry before it goes on.',
    method: 'DELETE',
    path: '/calendars/:id',
    input: z.object({ id, version }),
    output: written,
    policy: setsCalendars,
    changes: true,
    undo: true,
    refusals: ['work_calendar.not_found', 'calendar.not_yours', 'record.changed'],
  }),
  'calendars.holidays': operation({
    sentence: 'Lists the public holidays of a country or region in a year.',
    method: 'GET',
    path: '/holidays',
    input: z.object({
      country,
      region: region.optional(),
      subregion: region.optional(),
      year,
    }),
    output: z.object({ rows: z.array(holiday) }),
    policy: everybody,
    refusals: ['calendar.unknown_place'],
  }),
  'calendars.places': operation({
    sentence:
      'Lists countries whose public holidays are known, and the regions and subregions of one.',
    method: 'GET',
    path: '/holidays/places',
    input: z.object({
      country: country.optional(),
      region: region.optional(),
      language: z.enum(['en', 'de']).default('en'),
    }),
    output: z.object({ countries: codes, regions: codes, subregions: codes }),
    policy: everybody,
    refusals: [],
  }),
  'calendar-exceptions.create': operation({
    sentence:
      'Adds a day off, or days on which somebody works whatever else holds, for the organisation, a team or a seller.',
    method: 'POST',
    path: '/calendar-exceptions',
    input: z.object({ ...whose, ...exceptionFields }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'calendar.two_owners',
      'calendar.not_yours',
      'calendar.too_many',
      'team.not_found',
      'seller.not_found',
      'period.backwards',
    ],
  }),
  'calendar-exceptions.edit': operation({
    sentence: 'Changes a day off.',
    method: 'PATCH',
    path: '/calendar-exceptions/:id',
    input: z.object({
      id,
      version,
      from: day.optional(),
      until: day.optional(),
      kind: z.enum(['off', 'works']).optional(),
      share: z.number().gt(0).max(1).optional(),
      reason: shortText.nullable().optional(),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'calendar_exception.not_found',
      'calendar.not_yours',
      'period.backwards',
      'record.changed',
    ],
  }),
  'calendar-exceptions.remove': operation({
    sentence: 'Removes a day off.',
    method: 'DELETE',
    path: '/calendar-exceptions/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['calendar_exception.not_found', 'calendar.not_yours', 'record.changed'],
  }),
} as const
