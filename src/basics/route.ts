// How an input travels: which fields go into the path, the query or the body. Used by every client.
import type { Method } from './contract.ts'

export interface Route {
  method: Method
  /** Below /api/v1; `:name` parts are fields of the input. */
  path: string
  body?: 'file'
}

export interface RequestLine {
  /** Path with query, below the server's address. */
  target: string
  /** JSON text of the fields that travel in the body; absent when they travel in the query. */
  body?: string
}

/** Fields named in the path go there; the rest into the query for GET, DELETE and files (lists and objects as JSON), else into the body. */
export function requestLine(route: Route, input: Readonly<Record<string, unknown>>): RequestLine {
  const rest: Record<string, unknown> = { ...input }
  const path = route.path.replace(/:(\w+)/g, (_whole, field: string) => {
    const value = rest[field]
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  if (route.method !== 'GET' && route.method !== 'DELETE' && route.body !== 'file') {
    return { target: `/api/v1${path}`, body: JSON.stringify(rest) }
  }
  const query = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([field, value]) =>
        `${encodeURIComponent(field)}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`,
    )
  return { target: `/api/v1${path}${query.length === 0 ? '' : `?${query.join('&')}`}` }
}
