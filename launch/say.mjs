// How the launcher speaks: one line at a time on standard error; standard output belongs to the command.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** A failure that one sentence explains; no stack is shown. */
export class Plain extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * The sentence for an error of the operating system while something was written into the clone.
 * @param {unknown} error
 * @param {string} doing
 */
export function plainWriteError(error, doing) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Plain(
      `The disk of ${root} is full: ${doing} was not finished. Free some space and start again.`,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Plain(
      `This user may not write in ${root}, so ${doing} is not possible (${message}). Start once as its owner, or use a clone of your own.`,
    )
  }
  return error
}

/**
 * Says every few seconds that something still goes on.
 * @param {string} what
 * @returns {() => string} ends it and tells how long it took
 */
export function ticking(what) {
  const begun = Date.now()
  const seconds = () => `${Math.round((Date.now() - begun) / 1000)} s`
  say(`${what} …`)
  const timer = setInterval(() => say(`  … ${seconds()}`), 5_000)
  return () => {
    clearInterval(timer)
    return seconds()
  }
}

/** @param {string} file */
export async function digestOfFile(file) {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}

/**
 * Content of a small file, or '' when there is none.
 * @param {string} file
 */
export function readStamp(file) {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  )
}
