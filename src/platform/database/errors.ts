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
  if (code === 'KR001') {
    return new Refusal({
      code: 'trust.not_empty',
      message: 'This organisation holds data already; a full export goes into an empty one.',
      next: 'Start Kontor on a new data folder and import the export there.',
    })
  }
  if (code === 'KR002') {
    return new Refusal({
      code: 'trust.export_broken',
      message: `The export is not what was written: ${error.message}. Nothing was stored.`,
      next: 'Run “kontor check” where it came from, and export again.',
    })
  }
  if (code === 'KR003') {
    return new Refusal({
      code: 'trust.lives_here',
      message: 'The organisation of this export lives in this installation already.',
      next: 'Import it into another installation, on a new data folder.',
    })
  }
  if (code === '22003') {
    return new Refusal({
      code: 'money.too_large',
      message: 'An amount would be larger than can be kept exactly; nothing was changed.',
      next: 'Check quantities, prices and rates.',
      status: 422,
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
  // The pool's words for a wait in its queue.
  if (/timeout exceeded when trying to connect/.test(error.message)) {
    return new Refusal({
      code: 'server.busy',
      message: 'More is asked of Kontor right now than it can answer.',
      next: 'Try again in a minute.',
      status: 503,
    })
  }
  if (unreachable.has(code) || /Connection terminated|timeout expired/.test(error.message)) {
    return new Refusal({
      code: 'database.unreachable',
      message: 'The database does not answer right now.',
      next: 'Try again in a few seconds.',
      status: 503,
    })
  }
  return error
}
