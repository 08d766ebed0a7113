// How much room a disk has left, and one way to say that it is full.
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../../basics/refusal.ts'

/** Bytes that an ordinary user may still write beside `path`; the nearest existing folder answers. */
export async function freeBytes(path: string): Promise<number> {
  for (let place = path; ; place = dirname(place)) {
    try {
      const { bavail, bsize } = await statfs(place)
      return bavail * bsize
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || place === dirname(place)) throw error
    }
  }
}

/**
 * Refuses (`disk.full`) when fewer than `bytes` are free beside `path`.
 * `what` completes the sentence "There is too little room for …".
 */
export async function requireFreeBytes(path: string, bytes: number, what: string): Promise<void> {
  const free = await freeBytes(path)
  if (free < bytes) {
    throw diskFull(path, `for ${what}: ${megabytes(bytes)} needed, ${megabytes(free)} free`)
  }
}

/** Whether an error of the operating system or of PostgreSQL (53100) says that the disk or the quota is used up. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', '53100'].includes(errorCode(error) ?? '')
}

/** The refusal for a full disk; `more` completes the sentence "The disk of … has too little room". */
export function diskFull(path: string, more = ''): Refusal {
  return new Refusal({
    code: 'disk.full',
    message: `The disk of ${path} has too little room${more ? ` ${more}` : ''}.`,
    next: 'Free some space or name another folder with --data; nothing was harmed.',
    status: 507,
  })
}

/** The code of a system error ('ENOENT' …), if it is one. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

function megabytes(bytes: number): string {
  return `${Math.max(0, Math.round(bytes / 1_048_576)).toLocaleString('en')} MB`
}
