// `npm test`: everything that must hold, on the embedded database, then the database suite on Debian's PostgreSQL.
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { debianPrograms } from '../tests/server.ts'
import { requireChromium } from './chromium.ts'
import { databaseTests } from './database-tests.ts'
import { addTally, runVitest, type Tally } from './vitest.ts'

const words = process.argv.slice(2)
const seed = process.env.KONTOR_SEED ?? String(randomInt(2 ** 31))
process.env.KONTOR_SEED = seed

let tally: Tally = { passed: 0, failed: 0 }
const notRun: string[] = []

try {
  process.env.KONTOR_CHROMIUM = requireChromium()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
}
process.stderr.write(`Seed of random tests: ${seed} (repeat with KONTOR_SEED=${seed})\n`)
tally = addTally(tally, runVitest(words))
if (words.length === 0) {
  if (await debianPrograms()) {
    process.stderr.write("The database suite once more, on Debian's PostgreSQL:\n")
    tally = addTally(
      tally,
      runVitest(databaseTests(['tests/database', 'src/features', 'src/platform/jobs']), {
        KONTOR_TEST_POSTGRES: 'debian',
      }),
    )
  } else notRun.push("the database suite on Debian's PostgreSQL (apt-get install postgresql)")
  if (!existsSync('/usr/bin/strace')) notRun.push('the fsync trace (apt-get install strace)')
}
for (const one of notRun) process.stderr.write(`NOT RUN: ${one}\n`)
if (notRun.length > 0 && process.env.CI) tally.failed += notRun.length
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`)
process.exitCode = tally.failed === 0 ? 0 : 1
