// Runs the prepared program in the same terminal and ends as it ends.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname } from 'node:path'

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
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
