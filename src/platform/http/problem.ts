// Refusals and mistakes as application/problem+json (RFC 9457), in one place.
import { Refusal } from '../../basics/refusal.ts'

export interface Problem {
  status: number
  body: {
    type: string
    title: string
    status: number
    code: string
    field?: string
    next?: string
    /** To quote when reporting our mistake. */
    id?: string
    particulars?: unknown
  }
}

/** What the client is told; `log` hears of everything that is our mistake, under the id the client sees. */
export function problemOf(
  error: unknown,
  newId: () => string,
  log: (id: string, error: unknown) => void,
): Problem {
  if (error instanceof Refusal) {
    const { code, message, field, next, status = 409, particulars } = error.detail
    return {
      status,
      body: {
        type: 'about:blank',
        title: message,
        status,
        code,
        ...(field ? { field } : {}),
        ...(next ? { next } : {}),
        ...(particulars === undefined ? {} : { particulars }),
      },
    }
  }
  const frameworkStatus = (error as { statusCode?: number }).statusCode
  if (frameworkStatus !== undefined && frameworkStatus >= 400 && frameworkStatus < 500) {
    return {
      status: frameworkStatus,
      body: {
        type: 'about:blank',
        title:
          frameworkStatus === 413
            ? 'The request is larger than allowed.'
            : 'The request cannot be read.',
        status: frameworkStatus,
        code: frameworkStatus === 413 ? 'request.too_large' : 'request.unreadable',
      },
    }
  }
  const id = newId()
  log(id, error)
  return {
    status: 500,
    body: {
      type: 'about:blank',
      title: 'Something went wrong on our side; nothing was changed.',
      status: 500,
      code: 'internal',
      next: 'Try again; if it stays, report it with this number.',
      id,
    },
  }
}
