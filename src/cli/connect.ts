// How a command reaches the data: through the server that runs on the folder, or by opening it itself.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { contract, type OperationName, principalIn } from '../app.ts'
import type { FileAnswer, GivenInputOf, Operation, OutputOf } from '../basics/contract.ts'
import { Refusal } from '../basics/refusal.ts'
import { requestLine } from '../basics/route.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { chooseDataDir, dataFolderAt } from '../platform/files/data-folder.ts'
import { readServerFile } from '../platform/files/server-file.ts'
import { callOperation } from '../platform/operations.ts'
import type { Common } from './options.ts'
import { note } from './output.ts'

type Contract = typeof contract

export interface Connection {
  call<Name extends OperationName>(
    name: Name,
    input: GivenInputOf<Contract[Name]>,
    options?: { file?: string },
  ): Promise<OutputOf<Contract[Name]>>
  /** The bytes of an operation that answers with a file. */
  open<Name extends OperationName>(
    name: Name,
    input: GivenInputOf<Contract[Name]>,
  ): Promise<Readable>
  /** Set when the command opened the data itself. */
  installation?: Installation
  close(): Promise<void>
}

const waitMs = 10_000
const tryMs = 400

/**
 * Through the server of the folder if one answers; else by opening the data. When somebody else
 * holds the folder it may be a server about to be ready, so both ways are tried until the wait is over.
 */
export async function connect(common: Common): Promise<Connection> {
  const dataDir = chooseDataDir(common.data)
  for (const until = performance.now() + waitMs; ; ) {
    const server = await runningServer(dataDir)
    if (server) return remote(server, common)
    try {
      return await local(dataDir, common)
    } catch (error) {
      const held = error instanceof Refusal && error.code === 'data.in_use'
      if (!held || performance.now() > until) throw error
    }
  }
}

/** Address and key of the Kontor serving this folder, if one answers with the folder's own id. */
export async function runningServer(
  dataDir: string,
): Promise<{ address: string; key: string } | undefined> {
  const file = await readServerFile(dataFolderAt(dataDir))
  if (!file) return undefined
  try {
    const answer = await fetch(new URL('/healthz', file.address), {
      signal: AbortSignal.timeout(2_000),
    })
    const { id } = (await answer.json()) as { id?: string }
    return id === file.id ? { address: file.address, key: file.key } : undefined
  } catch {
    return undefined
  }
}

async function local(dataDir: string, common: Common): Promise<Connection> {
  const installation = await openInstallation({
    dataDir,
    ...(common.databaseUrl ? { databaseUrl: common.databaseUrl } : {}),
    ...(process.env.DATABASE_OWNER_URL ? { ownerUrl: process.env.DATABASE_OWNER_URL } : {}),
    demo: false,
    waitMs: tryMs,
    serving: false,
    locale: common.lang,
    log: note,
    onError: (error) => note(error.message),
  })
  return {
    installation,
    call: async (name, input, options = {}) => {
      const who = await principalIn(installation.program, common.org)
      const body = options.file ? { body: createReadStream(options.file) } : {}
      const answer = await callOperation(installation.program, who, name, input, body)
      return (answer instanceof Readable ? await text(answer) : answer) as never
    },
    open: async (name, input) => {
      const who = await principalIn(installation.program, common.org)
      const answer = await callOperation(installation.program, who, name, input)
      return Readable.from((answer as FileAnswer).bytes, { objectMode: false })
    },
    close: () => installation.close(),
  }
}

function remote(server: { address: string; key: string }, common: Common): Connection {
  return {
    call: async (name, input, options = {}) => {
      const definition: Operation = contract[name]
      const line = requestLine(definition, input as Record<string, unknown>)
      const request: RequestInit & { duplex?: 'half' } = {
        method: definition.method,
        headers: {
          'kontor-key': server.key,
          'kontor-org': common.org ?? 'own',
          ...(options.file ? { 'content-type': 'application/octet-stream' } : {}),
          ...(line.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(line.body === undefined ? {} : { body: line.body }),
        ...(options.file
          ? {
              body: Readable.toWeb(createReadStream(options.file)) as ReadableStream,
              duplex: 'half',
            }
          : {}),
      }
      const answer = await fetch(new URL(line.target, server.address), request)
      if (!answer.ok)
        throw refusalOf((await answer.json().catch(() => ({}))) as ProblemBody, answer.status)
      return (definition.answers ? await answer.text() : await answer.json()) as never
    },
    open: async (name, input) => {
      const definition: Operation = contract[name]
      const line = requestLine(definition, input as Record<string, unknown>)
      const answer = await fetch(new URL(line.target, server.address), {
        method: definition.method,
        headers: { 'kontor-key': server.key, 'kontor-org': common.org ?? 'own' },
      })
      if (!answer.ok)
        throw refusalOf((await answer.json().catch(() => ({}))) as ProblemBody, answer.status)
      return answer.body ? Readable.fromWeb(answer.body as WebStream) : Readable.from([])
    },
    close: async () => {},
  }
}

interface ProblemBody {
  title?: string
  code?: string
  field?: string
  next?: string
  particulars?: unknown
  id?: string
}

function refusalOf(problem: ProblemBody, status: number): Error {
  if (problem.code === undefined || problem.code === 'internal') {
    return new Error(`The server failed (${status}${problem.id ? `, number ${problem.id}` : ''}).`)
  }
  return new Refusal({
    code: problem.code,
    message: problem.title ?? problem.code,
    ...(problem.field ? { field: problem.field } : {}),
    ...(problem.next ? { next: problem.next } : {}),
    particulars: problem.particulars,
  })
}

async function text(stream: Readable): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}
