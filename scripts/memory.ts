// Where the tests write: in memory where there is room for it, so that nobody waits for a disk; nothing else differs.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const prefix = 'kontor-tests-'
/** A whole run leaves up to two of them; the rest is for the programs. */
const neededBytes = 8 * 2 ** 30

/** A folder of its own, in memory where it may be; what killed runs left goes. */
export function openTestFolder(): { folder: string; close: () => void } {
  const place = hasRoom() ? memory : tmpdir()
  for (const name of readdirSync(place)) {
    if (name.startsWith(prefix) && !lives(Number(name.slice(prefix.length))))
      rmSync(join(place, name), { recursive: true, force: true })
  }
  const folder = join(place, `${prefix}${process.pid}`)
  mkdirSync(folder, { recursive: true })
  // Like /tmp: some tests write there as other users.
  chmodSync(folder, 0o1777)
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) }
}

function hasRoom(): boolean {
  if (process.platform !== 'linux' || process.availableMemory() < neededBytes) return false
  try {
    const { bavail, bsize } = statfsSync(memory)
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === memory)
    // Programs are tried from copies of the clone.
    const may = mount?.[2] === 'tmpfs' && !/\bnoexec\b/.test(mount[3] ?? '')
    return may && bavail * bsize >= neededBytes
  } catch {
    return false
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
