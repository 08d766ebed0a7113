// How the tests run: one PostgreSQL per run, files in a few workers, UTC unless a run says otherwise.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const real = process.env.KONTOR_TEST_REAL === '1'
const long = process.env.KONTOR_TEST_LONG === '1'

/** What takes longest, in this order; a clone that has never run its tests knows only how large the files are. */
const longest = ['tests/journeys/pages', 'tests/policy.test', 'tests/journeys', 'tests/crash']

/** The longest first, or one worker waits at the end for the other. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((part) => moduleId.includes(part))
      return found < 0 ? longest.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: real
      ? ['**/*.real.test.ts']
      : long
        ? ['**/*.long.test.ts']
        : ['{src,tests,scripts,demo}/**/*.test.ts'],
    exclude: [
      'node_modules/**',
      'runtime/**',
      'dist/**',
      ...(real ? [] : ['**/*.real.test.ts']),
      ...(long ? [] : ['**/*.long.test.ts']),
    ],
    globalSetup: ['tests/global-setup.ts'],
    env: { TZ: process.env.TZ ?? 'UTC' },
    pool: 'forks',
    // One more than the smallest machine has cores: journeys wait for a browser, and the database for its answers.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    // How long a test looks for what must come; it goes on as soon as it has.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
  },
})
