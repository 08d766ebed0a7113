// S3, S4, S7, F2 on the real server: hostile pages, hostile input, hostile bodies.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'

let kontor: RunningKontor
beforeAll(async () => {
  kontor = await startPrepared()
}, 60_000)
afterAll(() => kontor.stop())

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request with exactly these headers, as no browser's fetch would allow. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const url = new URL(path, kontor.address)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        path: url.pathname + url.search,
        method: options.method ?? 'GET',
        headers: { host: url.host, ...options.headers },
      },
      (answer) => {
        let body = ''
        answer.on('data', (part) => {
          body += part
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

const keyed = (extra: Record<string, string> = {}) => ({ 'kontor-key': kontor.key, ...extra })

describe('S3: who may talk to the server', () => {
  test.each([
    ['a foreign name on our port (DNS rebinding)', { host: 'evil.example' }],
    ['our address with another port', { host: '127.0.0.1:1' }],
    ['a name that begins like ours', { host: 'localhost.evil.example' }],
  ])('%s is refused', async (_what, headers) => {
    const answer = await send('/api/v1/organisations', { headers: keyed(headers) })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body).code).toBe('request.foreign_host')
    expect((await send('/', { headers })).status).toBe(403)
  })

  test.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('a page of another origin is refused: %o', async (headers) => {
    const answer = await send('/api/v1/organisations', {
      headers: keyed(headers as Record<string, string>),
    })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test.each([[{}], [{ 'kontor-key': 'x' }], [{ cookie: 'kontor-key=x' }]])(
    'without the key nothing is answered: %o',
    async (headers) => {
      const answer = await send('/api/v1/organisations', {
        headers: headers as Record<string, string>,
      })
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.body).code).toBe('request.key_missing')
    },
  )

  test('a preflight of another origin gets no permission', async () => {
    const answer = await send('/api/v1/organisations', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'GET' },
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    )
  })

  test('no cookie is ever set, and with the key it answers', async () => {
    const answer = await send('/api/v1/organisations', {
      headers: keyed({ 'sec-fetch-site': 'same-origin' }),
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
})

describe('S4: pages', () => {
  test('every page carries the policy, with a nonce of its own', async () => {
    const [one, two] = await Promise.all([send('/'), send('/own/overview')])
    for (const answer of [one, two]) {
      const policy = String(answer.headers['content-security-policy'])
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toMatch(/script-src 'self'(;|$)/)
      expect(policy).not.toContain('unsafe-eval')
      expect(answer.body).not.toContain('__NONCE__')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
    expect(one.headers['content-security-policy']).not.toBe(two.headers['content-security-policy'])
  })

  test.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/.git/config',
  ])('no path leads to a file: %s', async (path) => {
    const answer = await send(path)
    expect(answer.body).not.toContain('"dependencies"')
    expect([200, 404]).toContain(answer.status)
    if (answer.status === 200) expect(answer.body).toContain('<!doctype html>')
  })
})

const payloads = [
  `'; DROP TABLE deal; --`,
  `" OR 1=1 --`,
  `') UNION SELECT null --`,
  '\\',
  '\u0000',
  '%',
  '$1',
  '$' + '{process.exit()}',
  '{{constructor}}',
]

describe('S7: SQL injection', () => {
  test.each(payloads)('%j in every part of a question', async (payload) => {
    const value = encodeURIComponent(payload)
    const addresses = [
      `/api/v1/results?metric=${value}`,
      `/api/v1/results?metric=revenue&by=${value}`,
      `/api/v1/results?metric=revenue&period=${value}`,
      `/api/v1/results?metric=revenue&where.seller=${value}`,
      `/api/v1/results?metric=revenue&where.region=${value}`,
      `/api/v1/results?metric=revenue&where.${value}=x`,
      `/api/v1/results?metric=revenue&from=${value}`,
      `/api/v1/results/rows?metric=revenue&cursor=${value}`,
      `/api/v1/customers?search=${value}`,
      `/api/v1/customers?country=${value}`,
      `/api/v1/customers?cursor=${value}`,
      `/api/v1/customers/${value}`,
      `/api/v1/cells?dimension=region&search=${value}`,
    ]
    for (const address of addresses) {
      const answer = await send(address, { headers: keyed() })
      expect(answer.status, `${address}: ${answer.body}`).toBeLessThan(500)
    }
    const named = await send('/api/v1/organisations', {
      headers: keyed({ 'kontor-org': payload.replace(/[^\x20-\x7e]/g, '?') }),
    })
    expect(named.status).toBeLessThan(500)
  })

  test('afterwards everything still holds', async () => {
    const answer = await send('/api/v1/check', {
      method: 'POST',
      headers: keyed({ 'content-type': 'application/json' }),
      body: '{}',
    })
    expect(JSON.parse(answer.body)).toMatchObject({ holds: true })
  })
})

describe('F2: hostile bodies', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  test.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a wrong type', '{"name":5}'],
    ['an unknown field', '{"name":"x","admin":true}'],
    ['__proto__', '{"name":"x","__proto__":{"admin":true}}'],
    ['constructor', '{"name":"x","constructor":{"prototype":{"a":1}}}'],
    ['a huge number', '{"name":"x","employees":1e400}'],
    ['a NUL', '{"name":"a\\u0000b"}'],
    ['a lone surrogate', '{"name":"a\\ud800b"}'],
    ['deep nesting', `{"name":"x","traits":${deep}}`],
    ['an endless name', JSON.stringify({ name: 'x'.repeat(100_000) })],
    ['too many bytes', JSON.stringify({ name: 'x', traits: { a: 'x'.repeat(2_000_000) } })],
  ])('%s is refused with a code', async (_what, body) => {
    const answer = await send('/api/v1/customers', {
      method: 'POST',
      headers: keyed({ 'content-type': 'application/json' }),
      body,
    })
    expect(answer.status, answer.body).toBeGreaterThanOrEqual(400)
    expect(answer.status, answer.body).toBeLessThan(500)
    expect(JSON.parse(answer.body).code).toMatch(/^[a-z_]+\.[a-z_]+$/)
  })

  test('a form of another page cannot send JSON', async () => {
    const answer = await send('/api/v1/customers', {
      method: 'POST',
      headers: keyed({ 'content-type': 'text/plain' }),
      body: '{"name":"x"}',
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  test('every problem is problem+json', async () => {
    const answer = await send('/api/v1/nothing', { headers: keyed() })
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})
