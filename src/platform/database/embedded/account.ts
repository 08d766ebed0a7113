// Which user of the operating system PostgreSQL runs as: this one, or as root the unprivileged 65534.
import { type SpawnOptions, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { Refusal } from '../../../basics/refusal.ts'

/** PostgreSQL refuses to run as root; this uid ("nobody") owns nothing else on common systems. */
const unprivilegedId = 65_534

export interface Account {
  /** Owner of the database files; undefined when it is this process's own user. */
  owner?: { uid: number; gid: number }
  uid: number
  /** Name of the user who runs Kontor and is the only one to be let in. */
  osUser: string
}

/** @throws Refusal `user.unknown`, `platform.unsupported` */
export function accountOfThisProcess(): Account {
  const uid = process.getuid?.()
  if (uid === undefined) {
    throw new Refusal({
      code: 'platform.unsupported',
      message: 'Kontor’s own PostgreSQL does not run on this system.',
      next: 'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    })
  }
  const osUser = nameOfUser(uid)
  return uid === 0
    ? { owner: { uid: unprivilegedId, gid: unprivilegedId }, uid: unprivilegedId, osUser }
    : { uid, osUser }
}

function nameOfUser(uid: number): string {
  try {
    return userInfo().username
  } catch {
    throw unknownUser(uid)
  }
}

/** PostgreSQL looks its user up by name, for itself and for whoever connects. */
export function unknownUser(uid: number): Refusal {
  return new Refusal({
    code: 'user.unknown',
    message: `The user id ${uid} has no entry in /etc/passwd, and PostgreSQL needs one.`,
    next: `Add one, for example: echo 'kontor:x:${uid}:${uid}::/nonexistent:/usr/sbin/nologin' >> /etc/passwd — or set DATABASE_URL.`,
  })
}

/** Options that start a program as PostgreSQL's user, in a folder that it can surely enter. */
export function asOwner(account: Account): SpawnOptions {
  return {
    ...account.owner,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  }
}

export interface Ran {
  code: number | null
  /** Standard output and errors together. */
  output: string
}

/** Runs a program as PostgreSQL's user to its end; a program that cannot be executed rejects. */
export function runAsOwner(
  account: Account,
  program: string,
  args: readonly string[],
  input = '',
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...asOwner(account), stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
    // A program that ends before it read everything says why on its own.
    child.stdin?.on('error', () => {}).end(input)
  })
}

/**
 * Refuses (`data.untraversable`) a folder that PostgreSQL's user cannot reach because one above it
 * is closed. Only root's case: everybody else's PostgreSQL reaches what they reach.
 */
export async function requireReachable(account: Account, path: string): Promise<void> {
  if (!account.owner) return
  for (let place = path; ; place = dirname(place)) {
    const { mode, uid, gid } = await stat(place)
    const bit = uid === account.owner.uid ? 0o100 : gid === account.owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) {
      throw new Refusal({
        code: 'data.untraversable',
        message: `PostgreSQL does not run as root but as user ${account.owner.uid}, who may not enter ${place}, so the data cannot be kept in ${path}.`,
        next: `Name a folder elsewhere with --data (usual for root: /var/lib/kontor), or allow passing through: chmod o+x ${place}`,
      })
    }
    if (place === dirname(place)) return
  }
}
