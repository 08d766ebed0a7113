// Addresses outside of the API that need no launch key, because the secret is in the address: guessing is made slow.
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../basics/refusal.ts'

export interface SecretAddress {
  /** `/feeds/:name` */
  url: string
  type: string
  /** The body for the name; undefined where nothing is to be had under it. */
  answer(name: string, address: string): Promise<string | undefined>
}

/** So often may one caller ask in a minute, and so often in vain. */
const perMinute = { asked: 60, inVain: 10 }
const minuteMs = 60_000
/** Beyond this many callers the counts begin anew: memory stays bounded whatever comes. */
const callersMost = 10_000

/** Counts per caller and minute. */
export function makeLimit(now: () => number) {
  let minute = 0
  const counts = new Map<string, { asked: number; inVain: number }>()
  const of = (caller: string) => {
    const current = Math.floor(now() / minuteMs)
    if (current !== minute || counts.size >= callersMost) counts.clear()
    minute = current
    const found = counts.get(caller) ?? { asked: 0, inVain: 0 }
    counts.set(caller, found)
    return found
  }
  return {
    /** Whether the caller may ask once more. */
    allows(caller: string): boolean {
      const count = of(caller)
      count.asked += 1
      return count.asked <= perMinute.asked && count.inVain < perMinute.inVain
    },
    inVain(caller: string): void {
      of(caller).inVain += 1
    },
  }
}

export function addSecretAddress(
  app: FastifyInstance,
  { url, type, answer }: SecretAddress,
  now: () => number,
): void {
  const limit = makeLimit(now)
  app.get<{ Params: { name: string } }>(url, async (request, reply) => {
    reply.headers({
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': "default-src 'none'",
    })
    if (!limit.allows(request.ip)) {
      reply.header('Retry-After', '60')
      throw new Refusal({
        code: 'request.too_often',
        message: 'This was asked too often in a minute.',
        next: 'Wait a minute.',
        status: 429,
      })
    }
    const body = await answer(request.params.name, `http://${request.host}`)
    if (body === undefined) {
      limit.inVain(request.ip)
      // The same for a word that never was one and for one that was taken back.
      throw new Refusal({
        code: 'request.not_found',
        message: 'There is nothing at this address.',
        status: 404,
      })
    }
    return reply.type(type).send(body)
  })
}
