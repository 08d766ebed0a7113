// Builds the browser part when its sources are not the ones it was built from.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { Plain, plainWriteError, readStamp, root, say, ticking } from './say.mjs'

const pages = join(root, 'dist', 'web')
const sources = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'src/basics',
  'src/features',
  'src/methods',
  'src/platform/http/first-files.ts',
  'src/web',
]

/** @param {string} node */
export async function buildPages(node) {
  const stamp = join(pages, '.built-from')
  if ((await readStamp(stamp)) === (await digestOfSources(root))) return
  await withLock('build', async (startedProgram) => {
    const wanted = await digestOfSources(root)
    if ((await readStamp(stamp)) === wanted) return
    const done = ticking('Building the browser part')
    try {
      await sweep()
      const fresh = `${pages}.new-${process.pid}`
      await viteBuild(node, fresh, startedProgram)
      await writeFile(join(fresh, '.built-from'), `${wanted}\n`)
      // Whoever reads the old pages keeps them to the end; the new ones appear whole.
      await rename(pages, `${pages}.old-${process.pid}`).catch((error) => {
        if (error.code !== 'ENOENT') throw error
      })
      await rename(fresh, pages)
      await sweep()
    } catch (error) {
      throw plainWriteError(error, 'building the browser part')
    } finally {
      done()
    }
    say(`Built in ${done()}.`)
  })
}

/** Removes what a killed build left. */
async function sweep() {
  const folder = dirname(pages)
  for (const name of await readdir(folder)) {
    if (/^web\.(new|old)-\d+$/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

/**
 * @param {string} node
 * @param {string} outDir
 * @param {(pid: number | undefined) => void} startedProgram
 */
function viteBuild(node, outDir, startedProgram) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    startedProgram(child.pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(undefined)
      if (/\bENOSPC\b/.test(output))
        return reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
      const broken = /ERR_MODULE_NOT_FOUND|Cannot find module/.test(output)
        ? ' If files are missing in node_modules, delete that folder and start again.'
        : ''
      reject(
        new Plain(
          `${output.trim()}\nThe browser part could not be built (vite build, exit ${code}).${broken}`,
        ),
      )
    })
  })
}

/**
 * Digest over names and contents of everything the build reads, tests left out: neither a touched
 * file nor a wrong clock matters, and a removed file does.
 * @param {string} clone
 */
export async function digestOfSources(clone) {
  const digest = createHash('sha256')
  for (const source of sources) {
    for (const file of await filesOf(clone, source)) {
      digest
        .update(`${file}\0`)
        .update(await readFile(join(clone, file)))
        .update('\0')
    }
  }
  return digest.digest('hex')
}

/**
 * @param {string} clone
 * @param {string} path
 * @returns {Promise<string[]>} paths within the clone, in a fixed order
 */
async function filesOf(clone, path) {
  let entries
  try {
    entries = await readdir(join(clone, path), { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
  const found = []
  for (const entry of entries) {
    const inner = `${path}/${entry.name}`
    if (entry.isDirectory()) found.push(...(await filesOf(clone, inner)))
    else if (!/\.test\.tsx?$/.test(entry.name)) found.push(inner)
  }
  return found.sort()
}
