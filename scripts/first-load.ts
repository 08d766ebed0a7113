// What a browser loads before a screen can ask for its figures: builds the pages in memory, weighs, and refuses too much.
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { type FirstFiles, firstFilesName } from '../src/platform/http/first-files.ts'

/** Scripts and style sheets, gzipped. */
const bytesMax = 200_000
/** Where people begin. */
const begun = ['today', 'overview']
const heaviestShown = 8

type Output = Rolldown.RolldownOutput['output'][number]

const built = await build({ build: { write: false }, logLevel: 'error' })
const files = new Map<string, Output>()
for (const { output } of Array.isArray(built) ? built : [built as Rolldown.RolldownOutput]) {
  for (const file of output) files.set(file.fileName, file)
}

function textOf(name: string): string | Uint8Array {
  const file = files.get(name)
  if (!file) throw new Error(`The build has no file ${name}`)
  return file.type === 'chunk' ? file.code : file.source
}

const shown = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const first: FirstFiles = JSON.parse(String(textOf(firstFilesName)))
let failed = false
for (const path of begun) {
  const screen = first.screens.find((one) => one.path === path)
  if (!screen) throw new Error(`No screen stands at ${path}`)
  const weights = [...first.entry, ...screen.files].map((name) => ({
    name,
    bytes: gzipSync(textOf(name)).length,
  }))
  const bytes = weights.reduce((sum, one) => sum + one.bytes, 0)
  process.stdout.write(`${path}: ${shown(bytes)} in ${weights.length} files\n`)
  if (bytes <= bytesMax) continue
  failed = true
  const heaviest = weights.toSorted((one, other) => other.bytes - one.bytes).slice(0, heaviestShown)
  process.stdout.write(
    `The page “${path}” loads ${shown(bytes)} of scripts and styles (gzip) before it can ask for anything; ${shown(bytesMax)} is the most. Load what is not seen at once when it is needed: lazy(() => import(…)). The heaviest: ${heaviest.map((one) => `${one.name} ${shown(one.bytes)}`).join(', ')}.\n`,
  )
}
process.exitCode = failed ? 1 : 0
