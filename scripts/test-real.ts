// `npm run test:real`: the figures of the real data sets that lie beside the clone.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runVitest } from './vitest.ts'

const data = process.env.KONTOR_REAL_DATA ?? join(import.meta.dirname, '../../shared/data')
if (existsSync(data)) {
  const { passed, failed } = runVitest(process.argv.slice(2), {
    KONTOR_TEST_REAL: '1',
    KONTOR_REAL_DATA: data,
  })
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
} else {
  process.stderr.write(`NOT RUN: the real data sets are not at ${data}\n`)
  const failed = process.env.CI ? 1 : 0
  process.stdout.write(`0 passed, ${failed} failed\n`)
  process.exitCode = failed
}
