// How the tests run: one PostgreSQL per run, files in a few workers, UTC unless a run says otherwise.
import { defineConfig } from 'vitest/config'

const real = process.env.KONTOR_TEST_REAL === '1'
const long = process.env.KONTOR_TEST_LONG === '1'

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
    maxWorkers: 2,
    testTimeout: 30_000,
    // How long a test looks for what must come; it goes on as soon as it has.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
  },
})
