// Runs vitest in a child and reads back how many tests passed and failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Tally {
  passed: number
  failed: number
}

const root = join(import.meta.dirname, '..')

/** Runs the tests that the words select; a run that breaks before its tests counts as one failure. */
export function runVitest(words: readonly string[], env: Record<string, string> = {}): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-report-'))
  const report = join(folder, 'report.json')
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...words,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } },
  )
  try {
    const found = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      numFailedTestSuites: number
    }
    // A file that cannot be loaded has no failed test of its own, and a skipped test has not passed.
    const failed = Math.max(found.numFailedTests + found.numPendingTests, status === 0 ? 0 : 1)
    return { passed: found.numPassedTests, failed }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function addTally(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}
