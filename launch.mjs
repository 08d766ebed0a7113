#!/usr/bin/env node
// The first thing that runs, under whatever Node (18 or newer) the machine has: prepares the clone, then starts Kontor.
import { buildPages } from './launch/build.mjs'
import { installLibraries } from './launch/install.mjs'
import { runToItsEnd } from './launch/run.mjs'
import { chooseNode } from './launch/runtime.mjs'
import { Plain, say } from './launch/say.mjs'
import { readWords } from './launch/words.mjs'

try {
  const plan = readWords(process.argv.slice(2))
  const node = await chooseNode()
  await installLibraries(node)
  if (plan.pages) await buildPages(node)
  process.exitCode = await runToItsEnd(node, plan)
} catch (error) {
  if (!(error instanceof Plain)) throw error
  say(error.message)
  process.exitCode = error.exitCode
}
