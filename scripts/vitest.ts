// Runs vitest in a child and reads back how many tests passed and failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { openTestFolder } from './memory.ts'

export interface Tally {
  passed: number
  failed: number
}

interface FileReport {
  name: string
  status: string
  message: string
  assertionResults: readonly { fullName: string; status: string; failureMessages: string[] }[]
}

const root = join(import.meta.dirname, '..')

/** Runs the tests that the words select; a run that breaks before its tests counts as one failure. */
export function runVitest(words: readonly string[], env: Record<string, string> = {}): Tally {
  const place = openTestFolder()
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
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TMPDIR: place.folder, ...env },
    },
  )
  try {
    const found = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      testResults: readonly FileReport[]
    }
    process.stdout.write(failures(found.testResults))
    // A file that cannot be loaded has no failed test of its own, and a skipped test has not passed.
    const failed = Math.max(found.numFailedTests + found.numPendingTests, status === 0 ? 0 : 1)
    return { passed: found.numPassedTests, failed }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    place.close()
  }
}

export function addTally(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

/** A line for every failure, said last, where whoever sees only the end of a long record finds it. */
function failures(files: readonly FileReport[]): string {
  const line = (file: FileReport, test: string, why = '') =>
    `FAILED: ${relative(root, file.name)} ${test}: ${why.split('\n', 1)[0]}\n`
  return files
    .flatMap((file) => {
      const tests = file.assertionResults.filter(({ status }) => status === 'failed')
      return tests.length === 0 && file.status === 'failed'
        ? [line(file, '', file.message)]
        : tests.map((test) => line(file, test.fullName, test.failureMessages[0]))
    })
    .join('')
}
