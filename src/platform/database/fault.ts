// Fault points: the crash tests stop the process at a numbered one; without the setting they do nothing.

const stopAt = Number(process.env.KONTOR_FAULT_AT ?? 0)
const countTo = process.env.KONTOR_FAULT_COUNT === '1'
let passed = 0

/**
 * Marks a place where a crash may happen (before each statement, around COMMIT, around file steps).
 * With `KONTOR_FAULT_AT=n` the process kills itself at the n-th place passed; with
 * `KONTOR_FAULT_COUNT=1` the number of places passed is printed to stderr at exit.
 */
export function faultPoint(): void {
  if (stopAt === 0 && !countTo) return
  passed += 1
  if (passed === stopAt) process.kill(process.pid, 'SIGKILL')
}

if (countTo) {
  process.on('exit', () => process.stderr.write(`fault points passed: ${passed}\n`))
}
