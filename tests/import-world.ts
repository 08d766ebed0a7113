// An organisation in a test database that takes files in, without a server and without a worker.
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { contract, makeHandlers, may } from '../src/app.ts'
import type { OutputOf } from '../src/basics/contract.ts'
import { seedStages } from '../src/features/deals/door.ts'
import type { ImportKind, importsContract } from '../src/features/imports/contract.ts'
import { applyBatch } from '../src/features/imports/operations.ts'
import type { Accepted } from '../src/features/imports/store.ts'
import { createOrganisation } from '../src/features/team/door.ts'
import { systemClock } from '../src/platform/clock.ts'
import type { Principal } from '../src/platform/context.ts'
import { callOperation, type Handler, type Program } from '../src/platform/operations.ts'
import type { TestDatabase } from './database.ts'

type Detail = OutputOf<(typeof importsContract)['imports.get']>

interface FileOptions {
  kind?: ImportKind
  preset?: 'plain' | 'maven'
  mapping?: object
  accept?: Accepted[]
}

export interface ImportWorld {
  program: Program
  who: Principal
  call<Answer>(
    name: string,
    input?: unknown,
    options?: { as?: Principal; body?: NodeJS.ReadableStream },
  ): Promise<Answer>
  /** Takes a file in, from its text or bytes. */
  upload(fileName: string, content: string | Uint8Array, options?: FileOptions): Promise<Detail>
  /** Stores a waiting import and gives it back. */
  apply(id: string): Promise<Detail>
  /** Both; fails when something is asked. */
  take(fileName: string, content: string | Uint8Array, options?: FileOptions): Promise<Detail>
  takeFile(path: string, options?: FileOptions): Promise<Detail>
}

const nobodyWorks = { add: async () => {} }

export async function importWorld(
  db: TestDatabase,
  settings: { currency?: string } = {},
): Promise<ImportWorld> {
  const { orgId, personId } = await createOrganisation(
    db.database,
    {
      slug: `own-${db.newId()}`,
      kind: 'own',
      name: 'Test',
      zone: 'Europe/Berlin',
      baseCurrency: settings.currency ?? 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: 'en',
      setUp: true,
      personName: 'Tester',
    },
    { newId: db.newId, seed: (tx) => seedStages(tx, 'en') },
  )
  const program: Program = {
    contract,
    handlers: makeHandlers() as Record<string, Handler>,
    may,
    db: db.database,
    jobs: nobodyWorks,
    clock: systemClock,
    newId: db.newId,
    dataDir: await mkdtemp(join(tmpdir(), 'kontor-imports-')),
  }
  const who: Principal = {
    orgId,
    personId,
    sellerId: null,
    roles: ['seller', 'manager', 'compensation-admin', 'auditor', 'admin'],
  }
  const call: ImportWorld['call'] = async (name, input = {}, { as = who, body } = {}) =>
    (await callOperation(program, as, name, input, body ? { body } : {})) as never
  const upload: ImportWorld['upload'] = async (
    fileName,
    content,
    { accept, mapping, ...options } = {},
  ) => {
    const input = { fileName, ...options, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) }
    const batch = await call<Detail>('imports.upload', input, {
      body: Readable.from([Buffer.from(content)]),
    })
    return accept ? call<Detail>('imports.set-mapping', { id: batch.id, accept }) : batch
  }
  const apply: ImportWorld['apply'] = async (id) => {
    await call('imports.apply', { id })
    await applyBatch(program, { orgId: who.orgId, personId: who.personId, batchId: id })
    return call<Detail>('imports.get', { id })
  }
  const take: ImportWorld['take'] = async (fileName, content, options) => {
    const batch = await upload(fileName, content, options)
    if (batch.state !== 'ready')
      throw new Error(`${fileName} is ${batch.state}: ${JSON.stringify(batch.questions)}`)
    return apply(batch.id)
  }
  return {
    program,
    who,
    call,
    upload,
    apply,
    take,
    takeFile: async (path, options) => take(basename(path), await readFile(path), options),
  }
}
