// What PostgreSQL says, as a refusal where a person can act on it; decided by SQLSTATE only.
import { Refusal } from '../../basics/refusal.ts'

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
])

/** Turns a database error into a Refusal where it has a known meaning; other errors come back as they are. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === 'KL001') {
    return new Refusal({
      code: 'period.locked',
      message: `This falls into a closed period (${/period (.*) is locked/.exec(error.message)?.[1] ?? ''}).`,
      next: 'Record it as a correction in the open period, or have the period opened again.',
    })
  }
  if (code === '53100' || code === 'ENOSPC') {
    return new Refusal({
      code: 'storage.full',
      message: 'The disk that holds the database is full; nothing was changed.',
      next: 'Free some space and try again.',
      status: 507,
    })
  }
  if (code === '57014') {
    return new Refusal({
      code: 'request.too_long',
      message: 'This took longer than allowed and was stopped; nothing was changed.',
      next: 'Ask for a shorter period or fewer dimensions.',
      status: 503,
    })
  }
  if (
    unreachable.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return new Refusal({
      code: 'database.unreachable',
      message: 'The database does not answer right now.',
      next: 'Try again in a few seconds.',
      status: 503,
    })
  }
  return error
}
