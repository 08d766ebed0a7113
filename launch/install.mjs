// Installs exactly what a lockfile says, once: a stamp is written when an install is finished, and compared at each start.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { digestOfFile, Plain, plainWriteError, readStamp, root, say, ticking } from './say.mjs'

/** @param {string} node */
export function installLibraries(node) {
  return npmInstall({
    folder: root,
    node,
    what: 'Installing libraries, exactly as in package-lock.json (once, about 450 MB)',
  })
}

/** @param {{ folder: string, node: string, what: string }} options */
export async function npmInstall({ folder, node, what }) {
  const stamp = join(folder, 'node_modules', '.kontor-lock')
  const wanted = await digestOfFile(join(folder, 'package-lock.json'))
  if ((await readStamp(stamp)) === wanted) return
  await withLock(folder === root ? 'install' : 'runtime', async (startedProgram) => {
    if ((await readStamp(stamp)) === wanted) return
    try {
      await rm(stamp, { force: true })
    } catch (error) {
      throw plainWriteError(error, 'installing')
    }
    const done = ticking(what)
    let ended
    try {
      ended = await npmCi(folder, node, startedProgram)
    } finally {
      done()
    }
    if (ended.code !== 0) throw new Plain(sentenceForNpm(ended.output, folder))
    const missing = missingPackage(folder)
    if (missing) {
      throw new Plain(
        `The registry did not deliver ${missing}, so the install in ${folder} is not complete. Start again when there is a connection.`,
      )
    }
    try {
      // A lockfile without packages makes no folder.
      await mkdir(dirname(stamp), { recursive: true })
      await writeFile(stamp, `${wanted}\n`)
    } catch (error) {
      throw plainWriteError(error, 'installing')
    }
    say(`Installed in ${done()}.`)
  })
}

/**
 * @param {string} folder
 * @param {string} node
 * @param {(pid: number | undefined) => void} startedProgram
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function npmCi(folder, node, startedProgram) {
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ]
  args.push(
    '--prefer-offline',
    '--loglevel=error',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=10000',
  )
  const npm = findNpm()
  // npm judges “engines” by the Node it runs under.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
  const [program, ...words] = npm ? [node, npm, ...args] : ['npm', ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    startedProgram(child.pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => {
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
      reject(
        missing
          ? new Plain(
              'npm is missing; it comes with Node (https://nodejs.org) or as the package “npm”.',
            )
          : error,
      )
    })
    child.on('close', (code) => resolve({ code, output }))
  })
}

/**
 * npm passes over optional packages that it cannot fetch, and the ones made for just this platform
 * are listed as optional: the first one that should be there and is not.
 * @param {string} folder
 * @returns {string | undefined}
 */
function missingPackage(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ value) =>
    !list || list.includes(value)
  const missing = Object.entries(packages ?? {}).find(
    ([path, { os, cpu, libc, optional, link }]) => {
      if (path === '' || link || existsSync(join(folder, path))) return false
      if (
        !fits(os, process.platform) ||
        !fits(cpu, process.arch) ||
        (libc && !fits(libc, libcName()))
      )
        return false
      return !optional || Boolean(os && cpu)
    },
  )
  return missing?.[0].replace(/^.*node_modules\//, '')
}

function libcName() {
  const report = /** @type {any} */ (process.report?.getReport())
  return report?.header?.glibcVersionRuntime ? 'glibc' : 'musl'
}

/** The npm that started us, or the one beside this Node; undefined: whatever the search path has. */
function findNpm() {
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
  const candidates = [process.env.npm_execpath, beside]
  return candidates.find((file) => file?.endsWith('npm-cli.js') && existsSync(file))
}

/**
 * One sentence for a failed `npm ci`.
 * @param {string} output
 * @param {string} folder
 */
export function sentenceForNpm(output, folder) {
  if (/\b(ENOSPC|EDQUOT)\b|nospc/.test(output)) {
    return `The disk of ${folder} is full: the install was not finished. Free some space and start again.`
  }
  if (
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|E50\d)\b|ERR_SOCKET_TIMEOUT|network/i.test(
      output,
    )
  ) {
    return `The package registry cannot be reached, so what Kontor needs was not installed in ${folder}. Start again when there is a connection.`
  }
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    return `This user may not write in ${folder}, so the install is not possible. Start once as its owner, or use a clone of your own.`
  }
  const lines = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/A complete log/.test(line))
  const why = lines
    .slice(0, 3)
    .map((line) => line.replace(/^npm (error|ERR!) ?/, ''))
    .join(' ')
  return `The install in ${folder} failed (npm ci): ${why || 'npm gave no reason'}. Start again to repeat it.`
}
