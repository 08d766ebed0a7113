// Files as answers: streamed, under their name, and refusals before the first byte stay refusals.
import { PassThrough } from 'node:stream'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { type FileAnswer, fileTypes } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import { fileNameOf } from '../../web/file-name.ts'
import { sendFile } from './file-answer.ts'

async function fetched(answer: unknown) {
  const app = Fastify()
  app.get('/', (_request, reply) => sendFile(reply, 'deals.export', answer))
  app.setErrorHandler((error, _request, reply) =>
    reply.code(422).send(error instanceof Refusal ? error.code : 'our mistake'),
  )
  return app.inject('/')
}

const file = (bytes: FileAnswer['bytes'], name = 'deals.xlsx'): FileAnswer => ({
  name,
  type: fileTypes.xlsx,
  bytes,
})

test('bytes arrive whole, with type and name', async () => {
  async function* bytes() {
    yield Uint8Array.of(0, 255)
    yield Uint8Array.of(10)
  }
  const answer = await fetched(file(bytes(), 'Verkäufe “1” – Q4.xlsx'))
  expect([...answer.rawPayload]).toEqual([0, 255, 10])
  expect(answer.headers['content-type']).toBe(fileTypes.xlsx)
  const disposition = String(answer.headers['content-disposition'])
  expect(disposition).toMatch(/^attachment; filename="Verkaufe _1_ _ Q4.xlsx"; /)
  expect(fileNameOf(disposition)).toBe('Verkäufe “1” – Q4.xlsx')
})

test('a name cannot end the header or begin another', async () => {
  async function* bytes() {
    yield Uint8Array.of(1)
  }
  const name = 'a"; filename="b.exe\r\nSet-Cookie: x\ud800.csv'
  const answer = await fetched(file(bytes(), name))
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(fileNameOf(String(answer.headers['content-disposition']))).toBe(name.toWellFormed())
})

test('a refusal while the first bytes are made is told as one', async () => {
  // biome-ignore lint/correctness/useYield: it refuses before there is anything to give
  async function* bytes(): AsyncGenerator<Uint8Array> {
    throw new Refusal({ code: 'results.too_many', message: 'Too many.' })
  }
  expect((await fetched(file(bytes()))).body).toBe('results.too_many')
})

test('who makes the bytes is told when nobody takes them any more', async () => {
  let ended = false
  async function* bytes() {
    try {
      for (;;) yield new Uint8Array(65_536)
    } finally {
      ended = true
    }
  }
  const app = Fastify()
  app.get('/', (_request, reply) => sendFile(reply, 'deals.export', file(bytes())))
  const answer = await app.inject({ url: '/', payloadAsStream: true })
  const taken = answer.stream().pipe(new PassThrough())
  for await (const chunk of taken) {
    expect(chunk.length).toBeGreaterThan(0)
    break
  }
  answer.raw.res.destroy()
  await expect.poll(() => ended).toBe(true)
})

test('text is CSV under the name of its operation', async () => {
  const answer = await fetched('a,b\r\n')
  expect(answer.body).toBe('a,b\r\n')
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(fileNameOf(String(answer.headers['content-disposition']))).toBe('deals-export.csv')
})

test('a header without a name gives none', () => {
  expect(fileNameOf(null)).toBeUndefined()
  expect(fileNameOf("attachment; filename*=UTF-8''%E0%A4%A")).toBeUndefined()
  expect(fileNameOf('attachment; filename="x.csv"')).toBe('x.csv')
})
