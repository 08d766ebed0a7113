// The way over HTTP: idempotency, versions, paging, exports, and that the published document is the real one.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'

let kontor: RunningKontor
beforeAll(async () => {
  kontor = await startPrepared()
}, 60_000)
afterAll(() => kontor.stop())

async function api(
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: init.method ?? 'GET',
    headers: {
      'kontor-key': kontor.key,
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('P1: the same write with the same key a hundred times at once has one effect and one answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      api('/customers', {
        method: 'POST',
        body: { name: 'Once' },
        headers: { 'idempotency-key': 'once-and-only-once' },
      }),
    ),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const { body } = await api('/customers?search=once')
  expect((body.rows as unknown[]).length).toBe(1)
})

test('the key of another request is refused', async () => {
  const headers = { 'idempotency-key': 'used-for-two-things' }
  await api('/customers', { method: 'POST', body: { name: 'First' }, headers })
  const second = await api('/customers', { method: 'POST', body: { name: 'Second' }, headers })
  expect(second).toMatchObject({ status: 422, body: { code: 'request.key_reused' } })
})

test('P2: the second of two editors is told, with both versions', async () => {
  const made = await api('/customers', { method: 'POST', body: { name: 'Both edit' } })
  const path = `/customers/${made.body.id}`
  await api(path, { method: 'PATCH', body: { city: 'Kiel' }, headers: { 'if-match': '"1"' } })
  const second = await api(path, {
    method: 'PATCH',
    body: { city: 'Bremen' },
    headers: { 'if-match': '"1"' },
  })
  expect(second).toMatchObject({
    status: 412,
    body: { code: 'record.changed', particulars: { version: 2, theirs: { city: 'Kiel' } } },
  })
})

test('lists page to the end without losing or doubling a row', async () => {
  for (let i = 0; i < 25; i++)
    await api('/products', {
      method: 'POST',
      body: { name: `Paged ${String(i).padStart(2, '0')}` },
    })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { body } = await api(
      `/products?search=paged&limit=10${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    seen.push(...(body.rows as { name: string }[]).map((row) => row.name))
    cursor = body.next as string | undefined
  } while (cursor)
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `Paged ${String(i).padStart(2, '0')}`))
})

test('S6: an export neutralises formulas and leaves negative numbers alone', async () => {
  const stages = await api('/stages')
  const won = (stages.body.rows as { id: string; outcome: string }[]).find(
    (stage) => stage.outcome === 'won',
  )
  const body = {
    customer: { name: '=HYPERLINK("http://evil.example")' },
    stageId: won?.id,
    closedOn: '2026-03-01',
    amount: -1_250,
  }
  expect((await api('/deals', { method: 'POST', body })).status).toBe(200)
  const filter = encodeURIComponent(JSON.stringify({ metric: 'revenue', period: '2026' }))
  const answer = await fetch(`${kontor.address}/api/v1/exports/facts?filter=${filter}`, {
    headers: { 'kontor-key': kontor.key },
  })
  const csv = await answer.text()
  expect(answer.headers.get('content-type')).toContain('text/csv')
  expect(csv).toContain(`'=HYPERLINK`)
  expect(csv).toContain(',-12.50,')
  expect(answer.headers.get('content-disposition')).toMatch(/filename="Facts \d{4}-\d\d-\d\d\.csv"/)
})

test('the OpenAPI document names every route that answers', async () => {
  const document = (await (
    await fetch(`${kontor.address}/api/openapi.json`, { headers: { 'kontor-key': kontor.key } })
  ).json()) as {
    openapi: string
    paths: Record<string, unknown>
  }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths).length).toBeGreaterThan(30)
})

test('a file that nobody waits for any more is not made on, and leaves nothing behind', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => `Customer ${i},Austria`)
  const upload = await fetch(`${kontor.address}/api/v1/imports?fileName=many.csv&kind=customers`, {
    method: 'POST',
    headers: { 'kontor-key': kontor.key, 'content-type': 'application/octet-stream' },
    body: `Name,Country\n${rows.join('\n')}\n`,
  })
  const { id } = (await upload.json()) as { id: string }
  expect((await api(`/imports/${id}/application`, { method: 'POST', body: {} })).status).toBe(200)
  const applied = async () => (await api(`/imports/${id}`)).body.state === 'applied'
  await expect.poll(applied, { timeout: 60_000 }).toBe(true)
  const control = new AbortController()
  const folder = join(kontor.dataDir, 'outgoing', 'tables')
  const files = () => readdir(folder).catch((): string[] => [])
  const asked = fetch(`${kontor.address}/api/v1/exports/customers?format=xlsx`, {
    headers: { 'kontor-key': kontor.key },
    signal: control.signal,
  })
  await expect.poll(async () => (await files()).length, { interval: 5 }).toBe(1)
  control.abort()
  await expect(asked).rejects.toThrow()
  await expect.poll(files).toEqual([])
  expect(kontor.notes()).not.toMatch(/abort/i)
}, 120_000)
