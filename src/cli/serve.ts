// `kontor serve`: opens the data, serves pages and API on loopback, ends cleanly.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { contract, principalIn, secretAddresses } from '../app.ts'
import { Refusal } from '../basics/refusal.ts'
import { openInstallation } from '../installation.ts'
import { chooseDataDir } from '../platform/files/data-folder.ts'
import { launchKey } from '../platform/files/launch-key.ts'
import { removeServerFile, writeServerFile } from '../platform/files/server-file.ts'
import { openApiDocument } from '../platform/http/openapi.ts'
import { loadPages } from '../platform/http/pages.ts'
import { makeServer } from '../platform/http/server.ts'
import { systemLog } from '../platform/log.ts'
import { version } from '../platform/version.ts'
import { runningServer } from './connect.ts'
import type { Common } from './options.ts'
import { answer, note } from './output.ts'

export interface ServeOptions extends Common {
  port: number
  host: string
  demo: boolean
  open: boolean
}

const pagesFolder = join(import.meta.dirname, '../../dist/web')

export async function serve(options: ServeOptions): Promise<void> {
  const dataDir = chooseDataDir(options.data)
  const other = await runningServer(dataDir)
  if (other) {
    throw new Refusal({
      code: 'data.in_use',
      message: `Another Kontor already serves ${dataDir}, at ${other.address}.`,
      next: `Open ${other.address}/#key=${other.key}, stop it first, or name another folder with --data.`,
    })
  }
  const pages = await loadPages(pagesFolder).catch(() => {
    throw new Refusal({
      code: 'install.no_pages',
      message: 'The web part is not built.',
      next: 'Start with "npm start", which builds it.',
    })
  })
  const installation = await openInstallation({
    dataDir,
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
    ...(process.env.DATABASE_OWNER_URL ? { ownerUrl: process.env.DATABASE_OWNER_URL } : {}),
    demo: options.demo,
    ...(options.today ? { today: options.today } : {}),
    locale: options.lang,
    serving: true,
    log: note,
    onError: (error) => systemLog.warn({ error: error.message }, 'connection'),
  })
  try {
    const key = await launchKey(installation.folder)
    const hosts: string[] = []
    const server = makeServer({
      program: installation.program,
      guard: { hosts, key },
      dataId: installation.id,
      version,
      principal: (organisation) => principalIn(installation.program, organisation),
      pages,
      openApi: openApiDocument(contract, version),
      secretAddresses: secretAddresses(installation.program),
      log: (id, error) =>
        systemLog.error(
          { id, error: error instanceof Error ? error.stack : String(error) },
          'failed',
        ),
    })
    await server
      .listen({ port: options.port, host: options.host })
      .catch((error: NodeJS.ErrnoException) => {
        throw portRefusal(error, options)
      })
    const bound = server.server.address()
    const port = typeof bound === 'object' && bound ? bound.port : options.port
    const shown = options.host.includes(':') ? `[${options.host}]` : options.host
    hosts.push(
      ...new Set([`${shown}:${port}`, `127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]),
    )
    const address = `http://${shown === '0.0.0.0' ? '127.0.0.1' : shown}:${port}`
    await writeServerFile(installation.folder, {
      address,
      key,
      pid: process.pid,
      id: installation.id,
    })
    answer(`Kontor is ready: ${address}/#key=${key}`)
    note(`Data: ${dataDir}. Stop with Ctrl-C.`)
    if (options.open) openBrowser(`${address}/#key=${key}`)
    await stopSignal()
    note('Stopping …')
    await server.close()
    await removeServerFile(installation.folder)
  } finally {
    await installation.close()
  }
}

function portRefusal(error: NodeJS.ErrnoException, { port, host }: ServeOptions): Error {
  if (error.code === 'EADDRINUSE') {
    return new Refusal({
      code: 'port.taken',
      message: `Port ${port} on ${host} is taken by another program.`,
      next: `Choose another one: npm start -- --port ${port + 1}`,
    })
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Refusal({
      code: 'port.not_allowed',
      message: `Kontor cannot listen on ${host}, port ${port}.`,
      next: 'Choose a port above 1023 and an address of this machine.',
    })
  }
  return error
}

/** Resolves at the first Ctrl-C or request to end; a second one ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

/** Only where a person sits: a terminal and a display. */
function openBrowser(address: string): void {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!process.stderr.isTTY || !display) return
  const program =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  spawn(program, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
