// `kontor check | backup | restore | key | demo | doctor`: looking after an installation.
import { access, readFile, writeFile } from 'node:fs/promises'
import { isId } from '../basics/ids.ts'
import { Refusal } from '../basics/refusal.ts'
import { backupEmbedded } from '../platform/database/embedded/backup.ts'
import { restoreEmbedded } from '../platform/database/embedded/restore.ts'
import { startEmbedded } from '../platform/database/embedded/start.ts'
import { chooseDataDir, dataFolderAt, prepareDataFolder } from '../platform/files/data-folder.ts'
import { freeBytes } from '../platform/files/disk.ts'
import { launchKey, rotateLaunchKey } from '../platform/files/launch-key.ts'
import { version } from '../platform/version.ts'
import { connect, runningServer } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, note } from './output.ts'

interface Anchor {
  /** Id of the organisation; older files say what it is called. */
  org: string
  revision: number
  hash: string
}

/** Recomputes everything; with an anchor file also compares with what was written outside earlier. */
export async function check(
  options: Common & { anchor?: string; writeAnchor?: string },
): Promise<number> {
  const anchor = options.anchor ? await readAnchor(options.anchor) : undefined
  const connection = await connect(options)
  try {
    const found = await connection.call('check.run', {})
    const findings = [...found.findings]
    if (anchor) {
      const differs = await difference(connection, anchor)
      if (differs !== undefined)
        findings.push({ what: 'anchor', revision: anchor.revision, text: differs })
    }
    if (options.writeAnchor) {
      const { head } = await connection.call('trust.checks', { limit: 1 })
      const written: Anchor = { org: head.org, revision: found.revision, hash: found.hash }
      await writeFile(options.writeAnchor, `${JSON.stringify(written)}\n`)
    }
    const holds = findings.length === 0
    if (options.json) answer({ ...found, holds, findings })
    else {
      answer(
        holds
          ? `Everything holds: ${found.revision} revisions, chain ${found.hash.slice(0, 16)}…`
          : findings
              .map(
                (one) =>
                  `${one.what}${one.revision === undefined ? '' : ` (revision ${one.revision})`}: ${one.text}`,
              )
              .join('\n'),
      )
    }
    return holds ? exit.done : exit.failed
  } finally {
    await connection.close()
  }
}

/** Refuses a file that is no anchor before anything is asked. */
async function readAnchor(file: string): Promise<Anchor> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw notAnchor(`${file} cannot be read (${error.code ?? error.message}).`)
  })
  const found = anchorIn(text)
  if (found === undefined) throw notAnchor(`${file} is no anchor.`)
  return found
}

function anchorIn(text: string): Anchor | undefined {
  try {
    const { org, revision, hash } = (JSON.parse(text) ?? {}) as Partial<Record<string, unknown>>
    const fits =
      (org === undefined || typeof org === 'string') &&
      Number.isSafeInteger(revision) &&
      (revision as number) >= 0 &&
      typeof hash === 'string' &&
      /^[0-9a-f]{64}$/.test(hash)
    return fits ? { org: org ?? '', revision: revision as number, hash } : undefined
  } catch {
    return undefined
  }
}

const notAnchor = (message: string) =>
  new Refusal({
    code: 'check.no_anchor',
    message,
    next: 'Give a file that “kontor check --write-anchor FILE” or the page “Trust” has written.',
  })

async function difference(
  connection: Awaited<ReturnType<typeof connect>>,
  { org, revision, hash }: Anchor,
): Promise<string | undefined> {
  const found = await connection.call('trust.compare-anchor', {
    ...(isId(org) ? { org } : {}),
    revision,
    hash,
  })
  switch (found.reason) {
    case 'same':
      return undefined
    case 'other_organisation':
      return 'The anchor was written for another organisation.'
    case 'chain_shorter':
      return `The data ends at revision ${found.revision}; the anchor knows ${revision}.`
    case 'other_hash':
      return `Revision ${revision} is not the one the anchor was written for.`
  }
}

export async function backup(file: string, options: Common): Promise<number> {
  requireEmbedded(options)
  const dataDir = chooseDataDir(options.data)
  // Taken online: attaches to a running PostgreSQL, or starts it for the time of the backup.
  const embedded = await startEmbedded({ dataDir, log: note })
  try {
    const summary = await backupEmbedded({ embedded, file, about: { kontor: version }, log: note })
    if (options.json) answer(summary)
    else
      answer(
        `Backed up to ${summary.file}: ${summary.files} files, ${Math.ceil(summary.bytes / 1024)} kB.`,
      )
    return exit.done
  } finally {
    await embedded.stop()
  }
}

export async function restore(
  file: string,
  options: Common & { force?: boolean },
): Promise<number> {
  requireEmbedded(options)
  const dataDir = chooseDataDir(options.data)
  const server = await runningServer(dataDir)
  if (server) {
    throw new Refusal({
      code: 'backup.target_running',
      message: `Kontor is running on ${dataDir}.`,
      next: 'Stop it, then restore.',
    })
  }
  const done = await restoreEmbedded({ file, dataDir, force: options.force ?? false, log: note })
  if (options.json) answer(done)
  else
    answer(
      `Restored into ${dataDir}.${done.movedAside ? ` What was there is now in ${done.movedAside}.` : ''}`,
    )
  return exit.done
}

function requireEmbedded(options: Common): void {
  if (!options.databaseUrl) return
  throw new Refusal({
    code: 'backup.served',
    message: 'DATABASE_URL names a served PostgreSQL; its backups are its administrator’s.',
    next: 'Use pg_dump or the server’s own backup, or unset DATABASE_URL for the embedded database.',
  })
}

export async function key(options: Common & { rotate?: boolean }): Promise<number> {
  const dataDir = chooseDataDir(options.data)
  const folder = await prepareDataFolder(dataDir)
  const server = await runningServer(dataDir)
  if (options.rotate && server) {
    throw new Refusal({
      code: 'key.in_use',
      message: 'Kontor is running with the present key.',
      next: 'Stop it, rotate the key, and start it again.',
    })
  }
  const current = options.rotate ? await rotateLaunchKey(folder) : await launchKey(folder)
  if (options.json) answer({ key: current, ...(server ? { address: server.address } : {}) })
  else answer(server ? `${server.address}/#key=${current}` : current)
  return exit.done
}

export async function demo(options: Common & { remove?: boolean }): Promise<number> {
  const connection = await connect(options)
  try {
    if (options.remove) {
      const { removed } = await connection.call('demo.remove', {})
      answer(
        options.json
          ? { removed }
          : removed
            ? 'The demo organisation is removed.'
            : 'There is no demo organisation.',
      )
    } else {
      const { slug } = await connection.call(
        'demo.make',
        options.today ? { today: options.today } : {},
      )
      answer(options.json ? { slug } : `The demo organisation is there: ${slug}`)
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

/** Says what this machine offers and where things are; fails if something needed is missing. */
export async function doctor(options: Common): Promise<number> {
  const dataDir = chooseDataDir(options.data)
  const folder = dataFolderAt(dataDir)
  const exists = await access(folder.root).then(
    () => true,
    () => false,
  )
  const server = await runningServer(dataDir)
  const free = exists ? await freeBytes(folder.root) : undefined
  const findings = {
    version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    dataDir,
    exists,
    freeBytes: free ?? null,
    database: options.databaseUrl ? 'served' : 'embedded',
    server: server?.address ?? null,
  }
  if (options.json) answer(findings)
  else
    answer(
      Object.entries(findings)
        .map(([name, value]) => `${name.padEnd(10)} ${value ?? '—'}`)
        .join('\n'),
    )
  return exit.done
}
