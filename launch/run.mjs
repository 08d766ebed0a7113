// Runs the prepared program in the same terminal and ends as it ends.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './say.mjs'

/**
 * @param {string} node
 * @param {import('./words.mjs').Plan} plan
 * @returns {Promise<number>} exit code; of a program killed by a signal 128 + its number, as shells do
 */
export function runToItsEnd(node, { entry, args, cwd }) {
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    KONTOR_LAUNCHED: '1',
    // Compiled sources are kept, which halves the work of a start; where that cannot be, Node does without.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'dist', 'compiled'),
  }
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...args], {
      cwd,
      env,
      stdio: 'inherit',
    })
    let passed = false
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // Ctrl-C in a terminal reaches the whole group: the program has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      if (!passed) child.kill(signal)
      passed = true
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => pass(signal))
    }
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    )
  })
}
