// The calendar feed on the real server: without the key, by its secret alone, no cookie, guessing made slow.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'

let kontor: RunningKontor
beforeAll(async () => {
  kontor = await startPrepared()
}, 60_000)
afterAll(() => kontor.stop())

async function api<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method,
    headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  })
  return (await answer.json()) as Answer
}

test('a calendar program reads it by its address, and nobody by a guess', async () => {
  await api('POST', '/organisation/setup', {
    name: 'Hansa',
    personName: 'Inga Petersen',
    sellerIs: 'self',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'de',
  })
  await api('POST', '/activities', { kind: 'call', subject: 'Kran, 20 t', dueOn: '2031-03-03' })
  const { path } = await api<{ path: string }>('POST', '/today/feed')

  const answer = await fetch(kontor.address + path)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(text).toContain('SUMMARY:Anruf: Kran\\, 20 t')
  expect(text).toContain('DTSTART;VALUE=DATE:20310303')
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)

  // A page of another origin does not get it, nor does a name that is not ours.
  const foreign = await fetch(kontor.address + path, { headers: { origin: 'http://evil.example' } })
  expect(foreign.status).toBe(403)

  const { status } = await fetch(kontor.address + path, { method: 'HEAD' })
  expect(status).toBe(200)
  await api('DELETE', '/today/feed')
  expect((await fetch(kontor.address + path)).status).toBe(404)

  const guesses: number[] = []
  for (let i = 0; i < 12; i++)
    guesses.push((await fetch(`${kontor.address}/feeds/${'a'.repeat(43)}.ics`)).status)
  expect(guesses.filter((one) => one === 404).length).toBeLessThanOrEqual(10)
  expect(guesses.at(-1)).toBe(429)
  // Who guessed too often does not get a true one either, until the minute is over.
  const again = await api<{ path: string }>('POST', '/today/feed')
  expect((await fetch(kontor.address + again.path)).status).toBe(429)
}, 60_000)
