// One launcher at a time changes the clone: a folder serves as the lock, and a dead holder's is taken over.
import { writeFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, relative } from 'node:path'
import { Plain, plainWriteError, root, say } from './say.mjs'

const lookAgainMs = 250
const patienceMs = 15 * 60_000
/** A lock without a holder's name this old was left between making and naming. */
const namelessDeadAfterMs = 20_000
const locks = join(root, 'dist', 'locks')

/**
 * Does the work while no other launcher does work of the same name in this clone. The work names
 * the program it starts, which may outlive a killed launcher and still hold the clone.
 * @template T
 * @param {string} name
 * @param {(startedProgram: (pid: number | undefined) => void) => Promise<T>} work
 */
export async function withLock(name, work) {
  const folder = join(locks, name)
  const holder = `${process.pid} ${hostname()} ${Date.now()}`
  await take(folder, holder)
  const release = () => rm(folder, { recursive: true, force: true })
  try {
    return await work((pid) => writeFileSync(join(folder, 'holder'), `${holder} ${pid ?? ''}`))
  } finally {
    await release()
  }
}

/**
 * @param {string} folder
 * @param {string} holder
 */
async function take(folder, holder) {
  const begun = Date.now()
  for (let said = false; ; ) {
    try {
      await mkdir(locks, { recursive: true })
      await mkdir(folder)
      await writeFile(join(folder, 'holder'), holder)
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw plainWriteError(error, 'preparing the clone')
    }
    const seen = await readHolder(folder)
    if (await isDead(folder, seen)) {
      await takeAway(folder, seen)
      continue
    }
    if (Date.now() - begun > patienceMs) {
      throw new Plain(
        `Another launcher (process ${seen.split(' ')[0] || 'unknown'}) has been preparing this clone for too long. If none runs, delete the folder ${folder} and start again.`,
      )
    }
    if (!said)
      say(`Another launcher is preparing this clone; waiting for it (${relative(root, folder)}) …`)
    said = true
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
}

/** @param {string} folder */
function readHolder(folder) {
  return readFile(join(folder, 'holder'), 'utf8').catch(() => '')
}

/**
 * @param {string} folder
 * @param {string} holder
 */
async function isDead(folder, holder) {
  if (!holder) {
    const made = await stat(folder).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    )
    return Date.now() - made > namelessDeadAfterMs
  }
  const [pid, host, , program] = holder.split(' ')
  return host === hostname() && !isAlive(pid) && !isAlive(program)
}

/** @param {string | undefined} pid */
function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

/**
 * Renaming lets exactly one launcher take a dead lock away; if it caught a living one that came in
 * between, it puts it back.
 * @param {string} folder
 * @param {string} seen
 */
async function takeAway(folder, seen) {
  const aside = `${folder}.dead-${process.pid}-${Date.now()}`
  try {
    await rename(folder, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw plainWriteError(error, 'preparing the clone')
  }
  if ((await readHolder(aside)) !== seen) await rename(aside, folder).catch(() => {})
  else await rm(aside, { recursive: true, force: true })
}
