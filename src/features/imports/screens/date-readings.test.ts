// Readings of dates are shown on an example that tells the ways apart.
import { expect, test } from 'vitest'
import { dateReadings } from './date-readings.ts'

const label = { en: '', de: '' }
const question = (options: unknown[], values: string[]) => ({
  code: 'ambiguous_dates',
  column: 'closed',
  text: label,
  examples: values.map((value, at) => ({ line: at + 2, value })),
  options: options.map((value) => ({ value, label })),
  optionForCommandLine: '',
})

test('each option reads the first cell on which the options disagree', () => {
  const options = [
    { dates: { closed: ['M/D/YYYY', 'D-M-YY'] } },
    { dates: { closed: ['M/D/YYYY', 'M-D-YY'] } },
  ]
  expect(dateReadings(question(options, ['10/20/2016', '1-11-16']))).toEqual([
    { cell: '1-11-16', day: '2016-11-01' },
    { cell: '1-11-16', day: '2016-01-11' },
  ])
})

test('where all options agree, or the answer is about something else, there is nothing to show', () => {
  expect(dateReadings(question([{ dates: { closed: ['D.M.YYYY'] } }], ['1.2.2016']))).toEqual([
    undefined,
  ])
  expect(
    dateReadings(question([{ missing: [''] }, { dates: { other: ['D.M.YYYY'] } }], ['1.2.2016'])),
  ).toEqual([undefined, undefined])
})
