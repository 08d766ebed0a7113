// Sends a file that an operation answers with: streamed, under its name, and as a download only.
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { type FileAnswer, fileTypes } from '../../basics/contract.ts'
import { assert } from '../../basics/refusal.ts'

function isFile(answer: unknown): answer is FileAnswer {
  return typeof answer === 'object' && answer !== null && 'bytes' in answer && 'type' in answer
}

/** The name in signs that every browser reads, and whole beside it (RFC 6266, RFC 8187). */
export function disposition(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.() -]/g, '_')
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** The first bytes are waited for, so that a refusal while they are made is still told as one. */
async function started(bytes: AsyncIterable<Uint8Array>): Promise<Readable> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  async function* all() {
    try {
      if (first.done) return
      yield first.value
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return Readable.from(all(), { objectMode: false })
}

/** Sends what operation `name` answered: a {@link FileAnswer}, or text as CSV. */
export async function sendFile(
  reply: FastifyReply,
  name: string,
  answer: unknown,
): Promise<FastifyReply> {
  if (isFile(answer)) {
    const body = await started(answer.bytes)
    const text = answer.type === fileTypes.csv ? '; charset=utf-8' : ''
    return reply
      .type(`${answer.type}${text}`)
      .header('Content-Disposition', disposition(answer.name))
      .send(body)
  }
  assert(answer instanceof Readable || typeof answer === 'string', 'a file is text or bytes')
  return reply
    .type(`${fileTypes.csv}; charset=utf-8`)
    .header('Content-Disposition', disposition(`${name.replace(/\W+/g, '-')}.csv`))
    .send(answer)
}
