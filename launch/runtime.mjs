// Chooses the Node that runs Kontor: the machine's own if it is new enough, else one fetched once from the registry.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmInstall } from './install.mjs'
import { Plain, root } from './say.mjs'

/**
 * What Kontor needs of its Node: TypeScript without a build, and calendar dates (Temporal).
 * @param {{ version: string, typescript: unknown, temporal: boolean }} own
 */
export function isFit(own) {
  return Number.parseInt(own.version, 10) >= 24 && Boolean(own.typescript) && own.temporal
}

/** @returns {Promise<string>} path of the Node to use */
export async function chooseNode() {
  const own = {
    version: process.versions.node,
    // @ts-expect-error absent in older Nodes
    typescript: process.features.typescript,
    temporal: 'Temporal' in globalThis,
  }
  if (isFit(own)) return process.execPath
  const folder = join(root, 'runtime')
  const name = `node-${process.platform}-${process.arch}`
  const offered = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ).optionalDependencies
  const version = offered[name]
  if (!version) {
    throw new Plain(
      `Kontor needs Node 26; this is ${own.version}, and none can be fetched for ${process.platform}-${process.arch}. Install it from https://nodejs.org and start again.`,
    )
  }
  await npmInstall({
    folder,
    node: process.execPath,
    what: `Fetching Node ${version} once (this machine’s ${own.version} is too old; about 190 MB)`,
  })
  const node = join(folder, 'node_modules', name, 'bin', 'node')
  const tried = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }) : undefined
  if (tried?.status !== 0) {
    const why = tried ? tried.error?.message || tried.stderr.trim() : 'it is missing'
    throw new Plain(
      `The fetched Node does not run here (${why}). Delete ${join(folder, 'node_modules')} and start again, or install Node 26 from https://nodejs.org.`,
    )
  }
  return node
}
