// Loopback is not a boundary: who may talk to this server at all, decided before any route.
import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../basics/refusal.ts'

export interface Guard {
  /** Exact values of the Host header that are ours, such as `127.0.0.1:7411`. */
  hosts: readonly string[]
  /** The launch key. */
  key: string
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * Refuses foreign hosts (DNS rebinding), requests that a page of another origin makes, and API
 * requests without the launch key. The key travels in a header, never in a cookie: cookies ignore
 * ports, so any program of this computer could read them.
 */
export function guardRequest(
  guard: Guard,
  request: { method: string; path: string; headers: Headers },
): void {
  const { headers, path } = request
  const host = single(headers.host)
  if (host === undefined || !guard.hosts.includes(host)) {
    throw new Refusal({
      code: 'request.foreign_host',
      message: 'This address is not served here.',
      next: 'Open the address that Kontor printed when it started.',
      status: 403,
    })
  }
  const origin = single(headers.origin)
  if (
    origin !== undefined &&
    !guard.hosts.some((ours) => origin === `http://${ours}` || origin === `https://${ours}`)
  ) {
    throw foreignOrigin()
  }
  const site = single(headers['sec-fetch-site'])
  const opensPage =
    single(headers['sec-fetch-mode']) === 'navigate' &&
    request.method === 'GET' &&
    !path.startsWith('/api/')
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage)
    throw foreignOrigin()
  if (path.startsWith('/api/') && !sameKey(single(headers['kontor-key']), guard.key)) {
    throw new Refusal({
      code: 'request.key_missing',
      message: 'The launch key is missing or not the current one.',
      next: 'Open the address that Kontor printed when it started, or run "npm run kontor -- key".',
      status: 401,
    })
  }
}

function foreignOrigin(): Refusal {
  return new Refusal({
    code: 'request.foreign_origin',
    message: 'Another page may not use this server.',
    status: 403,
  })
}

function sameKey(given: string | undefined, key: string): boolean {
  const a = Buffer.from(given ?? '')
  const b = Buffer.from(key)
  return a.length === b.length && timingSafeEqual(a, b)
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? undefined : value
}
