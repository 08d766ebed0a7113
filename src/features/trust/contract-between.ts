// Operations on what changed in the books between two days.
import { z } from 'zod'
import { operation } from '../../basics/contract.ts'
import { amount, day, id, instant, named, page, pageOf } from '../../basics/schema.ts'

const reads = { auditor: 'all', admin: 'all' } as const

/** The books as they were known at the end of one day and of a later one. */
const days = {
  earlier: day,
  /** Absent: as they are known now. */
  later: day.optional(),
  /** Only sales of this period count towards the effects on revenue; absent: all. */
  period: z.string().max(40).optional(),
}

const known = z.object({
  day,
  revision: z.int().min(0),
  /** When the last change before the end of the day was made; null when there was none. */
  at: instant.nullable(),
})

/** Revenue in the base currency, as known on the earlier and on the later day. */
const restated = { earlier: amount, later: amount, difference: amount }

const tables = z.array(
  z.object({
    /** Name of the table, such as `deal`. */
    table: z.string(),
    added: z.int(),
    replaced: z.int(),
    closed: z.int(),
  }),
)

const counted = { changes: z.int(), effect: amount }

const refusals = [
  'trust.days_backwards',
  'period.unreadable',
  'period.impossible',
  'period.backwards',
  'period.out_of_range',
] as const

export const betweenContract = {
  'trust.between': operation({
    sentence:
      'Gives what changed in the books between two days: revenue known then and now by month, and what made the difference.',
    method: 'GET',
    path: '/between',
    input: z.object(days),
    output: z.object({
      currency: z.string(),
      earlier: known,
      later: known,
      period: z.object({ id: z.string(), from: day, until: day }).nullable(),
      changes: z.int(),
      revenue: z.object({
        ...restated,
        /** Of it: sales of days up to the earlier one, which had been told already. */
        told: z.object(restated),
        /** Sales that count without a rate to the base currency, and are in no sum. */
        unrated: z.object({ earlier: z.int(), later: z.int() }),
      }),
      /** Months whose sales were touched, oldest first. */
      months: z.array(
        z.object({
          month: z.string(),
          from: day,
          until: day,
          ...restated,
          /** The changes with the largest effects. */
          because: z.array(
            z.object({
              changeId: id,
              operation: z.string(),
              subject: z.record(z.string(), z.unknown()),
              effect: amount,
            }),
          ),
          /** What all others add up to. */
          others: z.object(counted),
        }),
      ),
      operations: z.array(z.object({ operation: z.string(), ...counted })),
      people: z.array(z.object({ person: named, ...counted })),
      tables,
    }),
    policy: reads,
    durationMsMax: 120_000,
    refusals,
  }),
  'trust.between-changes': operation({
    sentence:
      'Lists the changes between two days with the rows they touched and their effect on revenue.',
    method: 'GET',
    path: '/between/changes',
    input: z.object({
      ...days,
      order: z.enum(['latest', 'effect']).default('latest'),
      ...page,
    }),
    output: pageOf(
      z.object({
        id,
        revision: z.int(),
        operation: z.string(),
        actor: named,
        at: instant,
        subject: z.record(z.string(), z.unknown()),
        undoes: id.nullable(),
        undoneBy: id.nullable(),
        effect: amount,
        /** How many more sales without a rate there are after it. */
        unrated: z.int(),
        tables,
        /** The import it belongs to, or the one record it is about. */
        about: z.object({ entity: z.string(), id }).nullable(),
      }),
    ),
    policy: reads,
    durationMsMax: 120_000,
    refusals,
  }),
} as const
