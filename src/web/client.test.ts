// What goes over the line for a call, and what comes of a failed answer.
import { afterEach, describe, expect, test } from 'vitest'
import { newKey, prepare } from './client.ts'
import { takeKey } from './key.ts'
import { asProblem, Problem, problemFrom } from './problem.ts'

afterEach(() => takeKey(''))

describe('a call', () => {
  test('reads by address, with key and organisation in headers', () => {
    takeKey('http://127.0.0.1:4600/#key=s3cret%2Fkey')
    const request = prepare('sellers.get', { id: 'a/b' }, { org: 'own' })
    expect(request).toEqual({
      method: 'GET',
      url: '/api/v1/sellers/a%2Fb',
      headers: {
        Accept: 'application/json, application/problem+json',
        'Kontor-Key': 's3cret/key',
        'Kontor-Org': 'own',
      },
    })
  })

  test('writes by body, with a key of its own and the version seen', () => {
    const request = prepare('sellers.edit', { id: '7', name: 'Ana' }, { org: 'own', version: 3 })
    expect(request.url).toBe('/api/v1/sellers/7')
    expect(request.body).toBe('{"name":"Ana"}')
    expect(request.headers['If-Match']).toBe('"3"')
    expect(request.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
    expect(request.headers['Kontor-Key']).toBeUndefined()
    const again = prepare('sellers.edit', {}, { idempotencyKey: 'the-first-try' })
    expect(again.headers['Idempotency-Key']).toBe('the-first-try')
  })

  test('of an operation that does not exist is our mistake', () => {
    expect(() => prepare('sellers.conjure', {})).toThrow('No operation is called sellers.conjure')
  })

  test('keys of attempts differ', () => {
    expect(newKey()).not.toBe(newKey())
  })
})

describe('a problem', () => {
  test('keeps what the server said', async () => {
    const problem = await problemFrom(409, {
      code: 'record.changed',
      title: 'Someone else has changed it.',
      field: 'name',
      next: 'Look at both versions.',
      particulars: { version: 4 },
    })
    expect(problem).toMatchObject({
      code: 'record.changed',
      message: 'Someone else has changed it.',
      status: 409,
      field: 'name',
      next: 'Look at both versions.',
      particulars: { version: 4 },
    })
  })

  test('comes out of anything', async () => {
    expect(await problemFrom(502, undefined)).toMatchObject({ code: 'http.502', status: 502 })
    expect((await problemFrom(500, '<html>')).message).toBe('The server answered 500.')
    expect(asProblem('text')).toMatchObject({ code: 'browser.mistake', message: 'text' })
    const known = new Problem({ code: 'a', message: 'b', status: 400 })
    expect(asProblem(known)).toBe(known)
  })
})
