// What went wrong with a request (problem+json, RFC 9457), in the language of the page.

export interface ProblemDetail {
  code: string
  message: string
  /** HTTP status; 0 when the server could not be reached. */
  status: number
  field?: string
  next?: string
  /** Id to quote; the same stands in the server's log. */
  id?: string
  particulars?: unknown
}

/** Thrown by every call that did not succeed. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly field: string | undefined
  readonly next: string | undefined
  readonly id: string | undefined
  readonly particulars: unknown

  constructor(detail: ProblemDetail) {
    super(detail.message)
    this.code = detail.code
    this.status = detail.status
    this.field = detail.field
    this.next = detail.next
    this.id = detail.id
    this.particulars = detail.particulars
  }
}

function isGerman(): boolean {
  return typeof document !== 'undefined' && document.documentElement.lang === 'de'
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** In German, whose sentences are fetched when the first is needed; without them rather in English than not at all. */
async function inGerman(detail: ProblemDetail): Promise<ProblemDetail> {
  try {
    const words = await import('./refusals-de.ts')
    return words.inGerman(detail)
  } catch {
    return detail
  }
}

/** Reads the body of a failed answer; whatever it is, a Problem comes out. */
export async function problemFrom(status: number, body: unknown): Promise<Problem> {
  const fields: Record<string, unknown> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const message = text(fields.message) ?? text(fields.detail) ?? text(fields.title)
  const field = text(fields.field)
  const next = text(fields.next)
  const id = text(fields.id) ?? text(fields.instance)
  const detail: ProblemDetail = {
    code: text(fields.code) ?? `http.${status}`,
    message: message ?? `The server answered ${status}.`,
    status,
    ...(field === undefined ? {} : { field }),
    ...(next === undefined ? {} : { next }),
    ...(id === undefined ? {} : { id }),
    ...(fields.particulars === undefined ? {} : { particulars: fields.particulars }),
  }
  return new Problem(isGerman() ? await inGerman(detail) : detail)
}

/** The server did not answer at all; nor would it send the German sentences. */
export function unreachable(): Problem {
  return new Problem({
    code: 'server.unreachable',
    message: isGerman() ? 'Der Server ist nicht erreichbar.' : 'The server cannot be reached.',
    status: 0,
  })
}

/** Anything thrown, as a Problem: a mistake of ours shows as one instead of vanishing. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new Problem({ code: 'browser.mistake', message, status: -1 })
}
