// All golden cases hold, and the runner notices when one does not.
import { expect, test } from 'vitest'
import { goldenFolder, describe as report, runCases, runFolder } from './golden.ts'
import { compare, type GoldenCase } from './golden-compare.ts'

const wilsonCase: GoldenCase = {
  fn: 'wilson',
  id: 'wilson_1_of_10',
  inputs: { x: 1, n: 10, conf: 0.95 },
  expected: { estimate: 0.1, lower: 0.0178762130950729, upper: 0.404150026795238 },
  tol: { abs: 1e-9, rel: 1e-8 },
}

test('every golden case of the repository holds', async () => {
  const reports = await runFolder(goldenFolder)
  expect(reports.flatMap((found) => found.failures)).toEqual([])
  expect(reports.filter((found) => found.notBuilt > 0)).toEqual([])
  const passed = Object.fromEntries(reports.map((found) => [found.method, found.passed]))
  expect(passed).toMatchObject({
    count_rate: 5,
    csat: 3,
    empirical_bayes: 7,
    fair_ranking: 7,
    forecast: 21,
    goal_pace: 4,
    goal_probability: 8,
    nps: 5,
    pipeline_forecast: 2,
    coaching: 12,
    mean_difference: 12,
    proportion_ci: 34,
    proportion_difference: 24,
    spc: 9,
    repeat_business: 5,
    survival: 8,
  })
})

test('an altered expectation is a failure, named by its key', () => {
  const altered = { ...wilsonCase, expected: { ...wilsonCase.expected, upper: 0.4041501 } }
  const found = runCases('proportion_ci', [wilsonCase, altered])
  expect(found).toMatchObject({ passed: 1, failed: 1, notBuilt: 0 })
  expect(found.failures[0]?.mismatches).toMatchObject([{ path: 'upper', want: 0.4041501 }])
  expect(report([found])).toContain('FAILED proportion_ci wilson_1_of_10: upper expected 0.4041501')
})

test('a method that throws, or lacks an expected key, has failed', () => {
  const broken = { ...wilsonCase, inputs: { x: 1, n: 10 } }
  const further = { ...wilsonCase, expected: { ...wilsonCase.expected, pValue: 0.5 } }
  const found = runCases('proportion_ci', [broken, further])
  expect(found.failed).toBe(2)
  expect(found.failures[0]?.error).toContain('conf')
})

test('an unknown function or method is not built, not failed', () => {
  const unknown = { ...wilsonCase, fn: 'unheard_of' }
  expect(runCases('proportion_ci', [unknown])).toMatchObject({ failed: 0, notBuilt: 1 })
  expect(runCases('constructor', [wilsonCase])).toMatchObject({ failed: 0, notBuilt: 1 })
})

test('how values are compared', () => {
  const check = (expected: GoldenCase['expected'], got: unknown, tol: GoldenCase['tol'] = {}) =>
    compare({ fn: 'f', id: 'c', inputs: {}, expected, tol }, got).map(({ path }) => path)
  expect(check({ a: 'Inf', b: null, c: true }, { a: Infinity, c: true })).toEqual([])
  expect(check({ a: 'Inf', b: null }, { a: 1e308, b: 0 })).toEqual(['a', 'b'])
  expect(check({ status: 'no_overdispersion' }, { status: 'ok' })).toEqual(['status'])
  expect(check({ a: [1, 2] }, { a: [1, 2, 3] })).toEqual(['a'])
  expect(check({ a: { b: [1, 2] } }, { a: { b: [1, 3] } })).toEqual(['a.b[1]'])
  expect(check({ a: 1 }, { a: Number.NaN }, { abs: 5 })).toEqual(['a'])
  const tol = { abs: 0, rel: 0, logLikAbs: 0.5, intervalAbs: 2, sseRelMax: 0.1 }
  const expected = { logLik: -10, intervalDays: 8, sse: 100, other: 1 }
  expect(check(expected, { logLik: -10.4, intervalDays: 10, sse: 3, other: 1 }, tol)).toEqual([])
  expect(check(expected, { logLik: -9, intervalDays: 11, sse: 111, other: 1.1 }, tol)).toEqual([
    'logLik',
    'intervalDays',
    'sse',
    'other',
  ])
})
