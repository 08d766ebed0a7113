// The command line looks back as the pages do: as of a day, between two days, why it changed, and against an anchor.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '../src/basics/period.ts'
import { changesTexts } from '../src/features/results/texts-changes.ts'
import { startEmbedded } from '../src/platform/database/embedded/start.ts'
import { type RunningKontor, runKontor } from './kontor-process.ts'
import { startPrepared } from './prepared-kontor.ts'

let kontor: RunningKontor
const today = dayOf(new Date().toISOString(), 'Europe/Berlin')
const [yesterday, dayBefore] = [addDays(today, -1), addDays(today, -2)]

beforeAll(async () => {
  kontor = await startPrepared()
  await send('POST', '/organisation/setup', {
    name: 'Hansa Tools',
    personName: 'Inga Petersen',
    sellerIs: 'self',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'en',
  })
  const { rows } = (await send('GET', '/stages')) as { rows: { id: string; outcome: string }[] }
  const { id } = await send('POST', '/deals', {
    externalId: 'D-1',
    stageId: rows.find(({ outcome }) => outcome === 'won')?.id,
    openedOn: '2024-01-01',
    closedOn: '2024-03-05',
    amount: 100_000,
    currency: 'EUR',
  })
  await aDayAgo()
  await send('PATCH', `/deals/${id}`, { id, amount: 80_000 })
}, 120_000)
afterAll(() => kontor.stop())

async function send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method,
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'own',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const said = (await answer.json()) as Record<string, unknown>
  expect([path, answer.status, said.code]).toEqual([path, 200, undefined])
  return said
}

/** Everything up to now was done a day earlier. */
async function aDayAgo(): Promise<void> {
  const embedded = await startEmbedded({ dataDir: kontor.dataDir })
  const owner = new pg.Pool(embedded.connection.owner)
  await owner.query(`UPDATE change SET at = at - interval '1 day'`)
  await owner.end()
  await embedded.stop()
}

async function run(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runKontor(words, { dataDir: kontor.dataDir })
  expect([words.join(' '), code, stderr.includes('failed')]).toEqual([words.join(' '), 0, false])
  return stdout
}
const asJson = async (...words: string[]) => JSON.parse(await run(...words, '--json'))

test('results, rows and export tell what was known at the end of a day', async () => {
  const asked = ['--metric', 'revenue', '--period', '2024-03']
  const back = [...asked, '--as-of', yesterday]
  const [now, figures, nothing, rows, csv] = await Promise.all([
    asJson('results', ...asked),
    asJson('results', ...back),
    asJson('results', ...asked, '--as-of', dayBefore),
    asJson('rows', ...back),
    run('export', ...back),
  ])
  const revenue = [now, figures, nothing].map((found) => found.rows[0].revenue.value)
  expect(revenue).toEqual([80_000, 100_000, 0])
  expect(rows.rows).toMatchObject([{ number: 'D-1', amount: 100_000 }])
  expect(csv).toContain('D-1')
  expect(csv).toContain('1000.00')
  expect(csv).not.toContain('800.00')
}, 120_000)

test('between says what the changes did, in words and as JSON', async () => {
  const found = await asJson('between', yesterday)
  expect(found).toMatchObject({
    changes: 1,
    revenue: { earlier: 100_000, later: 80_000, difference: -20_000 },
    months: [{ month: '2024-03', difference: -20_000 }],
    list: { rows: [{ operation: 'deals.edit', effect: -20_000 }] },
  })
  const words = await run('between', yesterday)
  expect(words).toContain('-200.00')
  expect(words).toContain('D-1')
  // `--as-of` is the later day where none is written.
  expect(await asJson('between', dayBefore, '--as-of', yesterday)).toMatchObject({
    later: { day: yesterday },
    revenue: { earlier: 0, later: 100_000 },
  })
  const { code, stderr } = await runKontor(['between', today, yesterday], {
    dataDir: kontor.dataDir,
  })
  expect(code).toBe(1)
  expect(stderr).toContain('does not lie before')
}, 120_000)

test('changes says in the words of the page why a figure changed', async () => {
  const asked = ['changes', '--metric', 'revenue', '--period', '2024-03', '--against', '2024-02']
  const found = await asJson(...asked)
  expect(found).toMatchObject({
    period: { id: '2024-03' },
    against: { id: '2024-02' },
    now: { value: 80_000 },
    before: { value: 0 },
    whole: { total: { value: 80_000 } },
  })
  const english = await run(...asked)
  expect(english).toContain(found.finding)
  expect(english).toContain(changesTexts.en.places_none)
  expect(english).toMatch(/Everything +0\.00 +800\.00 +\+800\.00/)
  const german = await run(...asked, '--by', 'month', '--lang', 'de')
  expect(german.replace(/\s/g, ' ')).toContain('Umsatz: 800 EUR mehr als Februar 2024')
  expect(german).toContain(changesTexts.de.change)
  // As of a day before the amount was mended.
  expect(await asJson(...asked, '--as-of', yesterday)).toMatchObject({ now: { value: 100_000 } })
  for (const [words, said] of [
    [['--by', 'stage'], 'cannot be told by stage'],
    [['--metric', 'pipeline'], 'metric'],
  ] as const) {
    const { code, stderr, stdout } = await runKontor([...asked, ...words], {
      dataDir: kontor.dataDir,
    })
    expect([code === 0, stdout]).toEqual([false, ''])
    expect(stderr).toContain(said)
  }
}, 120_000)

test('check refuses a file that is no anchor in a sentence, and takes one that is', async () => {
  const anchor = join(kontor.dataDir, 'anchor.json')
  // The days of changes were moved above, which the check itself finds; the anchor fits all the same.
  const checked = (...words: string[]) =>
    runKontor(['check', ...words], { dataDir: kontor.dataDir })
  await checked('--write-anchor', anchor)
  expect((await checked('--anchor', anchor)).stdout).not.toContain('anchor')
  await writeFile(anchor, (await readFile(anchor, 'utf8')).replace(/"hash":"./, '"hash":"0'))
  expect((await checked('--anchor', anchor)).stdout).toMatch(/^anchor \(revision \d+\): Revision/m)
  const other = join(kontor.dataDir, 'other.json')
  for (const text of ['{"revision":"1"}', 'null', 'no JSON', '[]', '']) {
    await writeFile(other, text)
    const { code, stderr, stdout } = await checked('--anchor', other)
    expect([text, code, stdout]).toEqual([text, 1, ''])
    expect(stderr).toContain(`${other} is no anchor.`)
    expect(stderr).toContain('--write-anchor')
  }
  const { stderr } = await checked('--anchor', `${other}.gone`)
  expect(stderr).toContain('cannot be read (ENOENT)')
}, 120_000)
