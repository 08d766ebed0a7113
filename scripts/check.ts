// `npm run check`: what a reviewer would otherwise have to look for; fast steps first.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const steps: readonly (readonly [name: string, command: string, words: readonly string[]])[] = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types: pure', bin('tsc'), ['-p', 'tsconfig.pure.json']],
  ['types: node', bin('tsc'), ['-p', 'tsconfig.node.json']],
  ['types: web', bin('tsc'), ['-p', 'tsconfig.web.json']],
  ['types: tests of pages', bin('tsc'), ['-p', 'tsconfig.web-tests.json']],
  ['generated files', process.execPath, [join(root, 'scripts/generate.ts'), '--check']],
  ['dead code', bin('knip'), []],
  ['house rules and import table', process.execPath, [join(root, 'scripts/tidy.ts')]],
  ['weight of the first pages', process.execPath, [join(root, 'scripts/first-load.ts')]],
]

let passed = 0
let failed = 0
for (const [name, command, words] of steps) {
  process.stderr.write(`— ${name}\n`)
  const { status } = spawnSync(command, words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
  })
  if (status === 0) passed += 1
  else {
    failed += 1
    process.stderr.write(`✗ ${name} failed\n`)
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
