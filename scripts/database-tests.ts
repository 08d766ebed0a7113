// Which tests send SQL: those that reach tests/database.ts by their imports. Only they are worth a second database.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { importsIn } from './tidy.ts'

const root = join(import.meta.dirname, '..')
const database = join(root, 'tests/database.ts')
const importsOf = new Map<string, string[]>()

/** Paths within the clone of the tests below these folders that reach a database. */
export function databaseTests(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: root }))
    .filter((path) => !/\.(?:long|real)\.test\.ts$/.test(path) && reachesDatabase(join(root, path)))
    .sort()
}

function reachesDatabase(test: string): boolean {
  const seen = new Set([test])
  for (const file of seen) for (const imported of imports(file)) seen.add(imported)
  return seen.has(database)
}

function imports(file: string): string[] {
  const known = importsOf.get(file)
  if (known) return known
  const files = importsIn(readFileSync(file, 'utf8'))
    .filter(({ target }) => /^\..*\.tsx?$/.test(target))
    .map(({ target }) => resolve(dirname(file), target))
  importsOf.set(file, files)
  return files
}
