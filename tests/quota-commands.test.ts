// Quotas from the command line: set, allocated, decided, attained, in words and as JSON.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningKontor, runKontor } from './kontor-process.ts'
import { startPrepared } from './prepared-kontor.ts'

let kontor: RunningKontor
beforeAll(async () => {
  kontor = await startPrepared()
  await send('/organisation/setup', {
    name: 'Hansa Tools',
    personName: 'Inga Petersen',
    sellerIs: 'self',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'en',
  })
  await send('/sellers', { name: 'Ben' })
}, 120_000)
afterAll(() => kontor.stop())

async function send(path: string, body: object): Promise<void> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'own',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  expect([path, answer.status]).toEqual([path, 200])
}

const run = (...words: string[]) => runKontor(['quota', ...words], { dataDir: kontor.dataDir })
const asJson = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout)

test('set, allocated by hand, decided and attained', { timeout: 120_000 }, async () => {
  const set = await asJson('set', '--seller', 'Ben', '--period', '2026-Q1', '--amount', '1000.5')
  expect(set).toMatchObject({ version: 1, state: 'approved' })
  const about = ['--period', '2026-Q2', '--total', '100']
  const dry = await asJson('allocate', ...about, '--dry-run')
  expect(dry).toMatchObject({
    added: 2,
    total: 10_000,
    rows: [
      { who: 'Ben', amount: 5_000 },
      { who: 'Inga Petersen', amount: 5_000 },
    ],
  })
  // A part by hand leaves a remainder: refused in words, and nothing is written.
  const short = await run('allocate', ...about, '--part', 'Ben=40')
  expect(short.code).toBe(1)
  expect(short.stderr).toContain('The parts are 10.00 EUR short of 100.00 EUR.')
  const parts = ['--part', 'Ben=40', '--part', 'Inga Petersen=60', '--propose']
  expect(await asJson('allocate', ...about, ...parts)).toMatchObject({ state: 'proposed' })
  const waiting = await asJson('list', '--state', 'proposed', '--seller', 'Ben')
  expect(waiting.rows).toMatchObject([{ amount: 4_000, holder: { name: 'Ben' } }])
  expect(await asJson('approve', waiting.rows[0].id)).toMatchObject({ decided: 1 })
  const found = await asJson('attainment', '--period', '2026')
  expect(found.rows).toMatchObject([
    { seller: 'Ben', period: '2026-Q1', amount: 100_050, attainment: { value: 0 } },
    { seller: 'Ben', period: '2026-Q2', amount: 4_000, attainment: { value: 0 } },
    { seller: 'Inga Petersen', state: 'proposed', attainment: { missing: { code: 'undefined' } } },
  ])
  expect((await run('attainment', '--period', '2026')).stdout).toContain('2026-Q2')
})
