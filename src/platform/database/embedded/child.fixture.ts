// For tests: a process that uses the embedded database as a given user and obeys lines on its standard input.

import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const [clone = '', dataDir = '', uid = ''] = process.argv.slice(2)
const say = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`)

// Everything is loaded before the rights are given up, so that this user need not reach the clone.
const load = (path: string) => import(pathToFileURL(join(clone, path)).href)
const { startEmbedded } = (await load(
  'src/platform/database/embedded/start.ts',
)) as typeof import('./start.ts')
if (uid) {
  process.setgroups?.([])
  process.setgid?.(Number(uid))
  process.setuid?.(Number(uid))
}
try {
  const embedded = await startEmbedded({
    dataDir,
    initdbWithoutSync: true,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  say({ ...embedded, pid: process.pid })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'stop') {
      say(await embedded.stop())
      break
    }
  }
} catch (error) {
  const detail = (error as { detail?: object }).detail
  say({ refusal: detail ?? { message: String(error) } })
}
process.exit()
