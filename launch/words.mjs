// Reads the words behind `node launch.mjs`: what is run, in which folder, and whether it needs the built pages.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Plain, root } from './say.mjs'

/** Scripts that open Kontor in a browser. */
const scriptsWithPages = new Set(['test', 'pictures', 'reliability', 'bench'])

/**
 * @typedef {{ entry: string, args: string[], cwd: string, pages: boolean }} Plan
 * @param {string[]} words
 * @returns {Plan}
 */
export function readWords(words) {
  const [first, ...rest] = words
  if (first === 'run') {
    const [name = '', ...args] = rest
    const entry = join(root, 'scripts', `${name.replaceAll(':', '-')}.ts`)
    if (!/^[a-z][a-z:-]*$/.test(name) || !existsSync(entry)) {
      throw new Plain(`There is no script “${name}”; package.json lists them.`, 2)
    }
    return { entry, args, cwd: root, pages: scriptsWithPages.has(name) }
  }
  return {
    entry: join(root, 'src/cli/main.ts'),
    args: words,
    cwd: standingPlace(process.cwd(), process.env),
    pages: first === 'serve',
  }
}

/**
 * Where the person stands: npm goes to the clone before it runs a script, but file names mean the
 * folder the command was typed in.
 * @param {string} cwd
 * @param {Record<string, string | undefined>} env
 */
export function standingPlace(cwd, env) {
  return cwd === root && env.npm_lifecycle_event && env.INIT_CWD ? env.INIT_CWD : cwd
}
