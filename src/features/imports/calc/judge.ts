// Decides how the cells of one column are to be read, from its profile and the mapping, or asks.
import type { PlanColumn } from './convert.ts'
import { dateChoices, judgeDates } from './dates.ts'
import type { Field } from './kinds.ts'
import type { Mapping } from './mapping.ts'
import type { DecimalSign } from './numbers.ts'
import { judgeNumbers } from './numbers.ts'
import type { ColumnProfile } from './profile.ts'
import type { Note, Question } from './questions.ts'
import { answer, ask, note } from './questions.ts'

interface Judged {
  reading: Pick<PlanColumn, 'patterns' | 'decimal' | 'values'>
  questions: Question[]
  notes: Note[]
}

type EntryOf = <T>(part: Readonly<Record<string, T>>, column: ColumnProfile) => T | undefined

function askDates(column: ColumnProfile): Judged {
  const verdict = judgeDates(column.dates)
  if (verdict.kind !== 'ask') {
    const question = ask('unknown_dates', {
      column: column.header,
      params: { column: column.header },
      examples: column.examples.slice(0, 3),
      options: [],
      commandLine: `--map with ${JSON.stringify({ dates: { [column.header]: ['YYYY-MM-DD'] } })}`,
    })
    return { reading: {}, questions: [question], notes: [] }
  }
  const { forms } = verdict
  const counted = forms.map(
    (one) => `${one.rows} × ${one.examples[0]?.value ?? one.form} (${one.patterns.join(' / ')})`,
  )
  const question = ask('ambiguous_dates', {
    column: column.header,
    params: { column: column.header, forms: counted.join(', ') },
    examples: forms.flatMap((one) => one.examples),
    forms,
    options: dateChoices(forms).map((patterns) =>
      answer({ dates: { [column.header]: patterns } }, 'dates_as', {
        patterns: patterns.join(', '),
      }),
    ),
  })
  return { reading: {}, questions: [question], notes: [] }
}

function judgeDateColumn(column: ColumnProfile, mapping: Mapping, entryOf: EntryOf): Judged {
  const { dates } = mapping
  const given = typeof dates === 'object' ? entryOf(dates, column) : dates
  if (given !== undefined) {
    return {
      reading: { patterns: typeof given === 'string' ? [given] : given },
      questions: [],
      notes: [],
    }
  }
  const marked = column.marks.reduce((sum, [, rows]) => sum + rows, 0)
  if (column.filled === marked)
    return { reading: { patterns: ['YYYY-MM-DD'] }, questions: [], notes: [] }
  const verdict = judgeDates(column.dates)
  if (verdict.kind !== 'settled') return askDates(column)
  const { patterns } = verdict
  const name = column.header
  const notes = [note('dates_found', { column: name, patterns: patterns.join(', ') })]
  if (verdict.twoDigitYear) notes.push(note('two_digit_years', { column: name }))
  const readable = column.dates.forms.reduce((sum, one) => sum + one.rows - one.none, 0)
  const others = column.filled - marked - readable
  if (others > 0) notes.push(note('not_dates', { column: name, rows: others }))
  return { reading: { patterns }, questions: [], notes }
}

function judgeNumberColumn(
  column: ColumnProfile,
  field: Field,
  mapping: Mapping,
  entryOf: EntryOf,
): Judged {
  const { decimal } = mapping
  const given = typeof decimal === 'object' ? entryOf(decimal, column) : decimal
  if (given !== undefined) return { reading: { decimal: given }, questions: [], notes: [] }
  const verdict = judgeNumbers(column.numbers, field.type === 'integer')
  const name = column.header
  if (verdict.kind === 'settled') {
    const notes =
      verdict.evidence > 0
        ? [note('decimal_found', { column: name, decimal: verdict.decimal })]
        : []
    return { reading: { decimal: verdict.decimal }, questions: [], notes }
  }
  const { examples, point, comma } = column.numbers
  const options = (['.', ','] as const).map((sign: DecimalSign) =>
    answer({ decimal: { [name]: sign } }, 'decimal_as', { decimal: sign }),
  )
  const question =
    verdict.why === 'open'
      ? ask('ambiguous_numbers', {
          column: name,
          params: { column: name, example: examples.open[0]?.value ?? '' },
          examples: examples.open,
          options,
        })
      : ask('mixed_numbers', {
          column: name,
          params: { column: name, point, comma },
          examples: [...examples.point, ...examples.comma],
          options,
        })
  return { reading: {}, questions: [question], notes: [] }
}

/** How a column that gives a field is to be read. */
export function judgeColumn(
  column: ColumnProfile,
  field: Field,
  mapping: Mapping,
  entryOf: EntryOf,
): Judged {
  const judged: Judged =
    field.type === 'date'
      ? judgeDateColumn(column, mapping, entryOf)
      : field.type === 'money' || field.type === 'integer' || field.type === 'number'
        ? judgeNumberColumn(column, field, mapping, entryOf)
        : { reading: {}, questions: [], notes: [] }
  const values = mapping.values && entryOf(mapping.values, column)
  return values ? { ...judged, reading: { ...judged.reading, values } } : judged
}

/** Asks once per file whether cells such as `N/A` stand for nothing. */
export function judgeMarks(
  columns: readonly ColumnProfile[],
  mapping: Mapping,
): Question | undefined {
  if (mapping.missing !== undefined) return undefined
  const marks = new Map<string, number>()
  for (const column of columns) {
    for (const [mark, rows] of column.marks) marks.set(mark, (marks.get(mark) ?? 0) + rows)
  }
  if (marks.size === 0) return undefined
  const listed = [...marks].map(([mark, rows]) => `“${mark}” (${rows})`).join(', ')
  return ask('missing_marks', {
    params: { marks: listed },
    options: [
      answer({ missing: ['', ...marks.keys()] }, 'marks_empty', {}),
      answer({ missing: [''] }, 'marks_kept', {}),
    ],
  })
}
