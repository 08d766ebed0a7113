// `npm run reliability`: the long versions of the tests; hours, not minutes.
import { randomInt } from 'node:crypto'
import { runVitest } from './vitest.ts'

const seed = process.env.KONTOR_SEED ?? String(randomInt(2 ** 31))
process.stderr.write(`Seed of random tests: ${seed}\n`)
const { passed, failed } = runVitest(process.argv.slice(2), {
  KONTOR_SEED: seed,
  KONTOR_TEST_LONG: '1',
  KONTOR_HOSTILE_FILES: process.env.KONTOR_HOSTILE_FILES ?? '5000',
})
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
