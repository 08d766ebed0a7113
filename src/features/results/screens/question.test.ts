// The address of the page “Explore”: what is written is read back, and nonsense becomes the nearest that can be asked.
import { expect, test } from 'vitest'
import { metrics } from '../calc/metrics.ts'
import { metricIds } from '../contract.ts'
import { questionParts, viewsContract } from '../contract-views.ts'
import {
  formFits,
  forms,
  grains,
  type Question,
  questionInAddress,
  readQuestion,
  viewInAddress,
  viewOf,
} from './question.ts'

const known = metricIds.map((id) => metrics[id])
const read = (search: Record<string, string>) => readQuestion(search, known)
const written = (question: Question) => viewOf(question, {})

const plain: Question = { metrics: ['revenue'], by: [], form: 'table', others: {}, grain: 'month' }

test('an empty address asks for revenue as a table, and nothing is mended', () => {
  expect(read({})).toEqual({ question: plain, mended: [] })
})

test('every question that can be asked is read back as it was written', () => {
  let seen = 0
  for (const form of forms) {
    for (const compare of [undefined, 'previous', 'year-ago', 'others'] as const) {
      for (const grain of grains) {
        for (const [at, id] of metricIds.entries()) {
          const dimensions = metrics[id].dimensions
          const by = [dimensions[at % dimensions.length], dimensions[(at + 7) % dimensions.length]]
            .slice(0, at % 3)
            .filter((one) => one !== undefined)
          if (!formFits(form, by)) continue
          const question: Question = {
            metrics: [id],
            by,
            form,
            others: compare === 'others' ? { team: ['a~b', 'c,d', '-'], region: ['=~,'] } : {},
            grain,
            ...(compare === undefined ? {} : { compare }),
            ...(at % 2 === 0
              ? {}
              : { sort: at % 4 === 1 ? id : ('name' as const), down: at % 3 === 0 }),
          }
          expect(read(written(question))).toEqual({ question, mended: [] })
          seen += 1
        }
      }
    }
  }
  expect(seen).toBeGreaterThan(700)
})

test('several metrics keep their order', () => {
  const { question, mended } = read({ metric: 'win-rate,revenue,win-rate', by: 'team' })
  expect([question.metrics, mended]).toEqual([['win-rate', 'revenue'], []])
})

test.each([
  [{ metric: 'happiness' }, plain, [{ what: 'metric', given: 'happiness' }]],
  [
    { metric: 'happiness,margin' },
    { ...plain, metrics: ['margin'] },
    [{ what: 'metric', given: 'happiness' }],
  ],
  [{ by: 'shoe-size' }, plain, [{ what: 'dimension', given: 'shoe-size' }]],
  [
    { by: 'team,month,product' },
    { ...plain, by: ['team', 'month'] },
    [{ what: 'dimension', given: 'product' }],
  ],
  // Only open deals have a stage.
  [{ by: 'stage' }, plain, [{ what: 'not_by', given: 'stage', metric: 'revenue' }]],
  [
    { metric: 'pipeline,revenue', by: 'stage' },
    { ...plain, metrics: ['pipeline'], by: ['stage'] },
    [{ what: 'not_by', given: 'stage', metric: 'revenue' }],
  ],
  [{ form: 'line' }, plain, [{ what: 'form', given: 'line' }]],
  [
    { form: 'line', by: 'team' },
    { ...plain, by: ['team'], form: 'bars' },
    [{ what: 'form', given: 'line' }],
  ],
  [{ form: 'pie', by: 'team' }, { ...plain, by: ['team'] }, [{ what: 'form', given: 'pie' }]],
  [{ compare: 'luck' }, plain, [{ what: 'compare', given: 'luck' }]],
  [{ grain: 'hour' }, plain, [{ what: 'grain', given: 'hour' }]],
  [{ sort: 'margin' }, plain, [{ what: 'sort', given: 'margin' }]],
  [{ metric: '__proto__', by: 'constructor' }, plain, 2],
] as const)('%j', (search, question, mended) => {
  const found = read(search)
  expect(found.question).toEqual(question)
  if (typeof mended === 'number') expect(found.mended).toHaveLength(mended)
  else expect(found.mended).toEqual(mended)
})

test('no more than eight metrics; the rest is said', () => {
  const { question, mended } = read({ metric: metricIds.slice(0, 10).join(',') })
  expect(question.metrics).toHaveLength(8)
  expect(mended.map(({ what }) => what)).toEqual(['metrics', 'metrics'])
})

test('a view keeps question, period and filters, no open drawer, and is what the server takes', () => {
  const search = {
    ...written({ ...plain, by: ['team'], compare: 'others', others: { team: ['x'] } }),
    period: '2026-Q3',
    asOf: '2026-10-01',
    seller: 'a~,b',
    why: 'revenue|{}|',
    nonsense: '1',
  }
  const view = viewOf(read(search).question, search)
  expect(view).toEqual({
    metric: 'revenue',
    by: 'team',
    compare: 'others',
    'vs-team': 'x',
    period: '2026-Q3',
    asOf: '2026-10-01',
    seller: 'a~,b',
  })
  const given = viewsContract['views.save'].input.parse({ name: 'x', question: view })
  expect(given.question).toEqual(view)
  // Opening it takes away what it does not set.
  const opened = viewInAddress(view)
  expect(opened).toMatchObject({ ...view, form: undefined, region: undefined })
  for (const name of Object.keys(opened)) expect(questionParts).toContain(name)
})

test('questions are written with the parts the server knows', () => {
  for (const name of Object.keys(questionInAddress(plain))) expect(questionParts).toContain(name)
})
