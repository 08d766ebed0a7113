// What the crash tests interrupt: records, an import, an edit and an undo; each step acknowledged in a file once it is done.
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { principalIn } from '../../src/app.ts'
import { openInstallation } from '../../src/installation.ts'
import { callOperation } from '../../src/platform/operations.ts'

/** Rows of the import that the scenario brings in. */
export const rowsOfImport = 40

export interface Acknowledged {
  step: 'customer' | 'import' | 'edit' | 'undo'
  id: string
}

/** Names of its own for every tag, so that each run makes the same records and passes the same places. */
export function dealsFile(tag: string): string {
  const rows = Array.from(
    { length: rowsOfImport },
    (_, i) =>
      `${tag}-${i},Seller ${tag} ${i % 3},Customer ${tag} ${i % 7},Product ${tag} ${i % 4},Won,2026-01-05,2026-02-${String(1 + (i % 28)).padStart(2, '0')},${100 + i}.50`,
  )
  return `external_id,seller,customer,product,stage,opened_on,closed_on,amount\n${rows.join('\n')}\n`
}

async function play(dataDir: string, ackFile: string, tag: string): Promise<void> {
  const ack = openSync(ackFile, 'a')
  const done = (step: Acknowledged) => {
    writeSync(ack, `${JSON.stringify(step)}\n`)
    fsyncSync(ack)
  }
  const installation = await openInstallation({
    dataDir,
    demo: false,
    serving: false,
    locale: 'en',
    log: () => {},
    onError: () => {},
  })
  const { program } = installation
  const who = await principalIn(program, 'own')
  const call = (name: string, input: unknown, body?: NodeJS.ReadableStream) =>
    callOperation(program, who, name, input, body ? { body } : {}) as Promise<Record<string, never>>

  const customer = await call('customers.create', { name: `Made ${tag}` })
  done({ step: 'customer', id: customer.id ?? '' })

  const file = join(dataDir, `${tag}.csv`)
  await writeFile(file, dealsFile(tag))
  const batch = await call(
    'imports.upload',
    { fileName: `${tag}.csv`, kind: 'deals' },
    createReadStream(file),
  )
  await call('imports.apply', { id: batch.id })
  let found = await call('imports.get', { id: batch.id })
  while (found.state === 'applying' || found.state === 'ready') {
    await new Promise((resolve) => setTimeout(resolve, 5))
    found = await call('imports.get', { id: batch.id })
  }
  if (found.state !== 'applied') throw new Error(`the import ended as ${found.state}`)
  done({ step: 'import', id: batch.id ?? '' })

  const { rows } = (await call('deals.list', { batchId: batch.id, limit: 1 })) as unknown as {
    rows: { id: string; version: number }[]
  }
  const [deal] = rows
  if (!deal) throw new Error('the import brought a deal')
  await call('deals.edit', { id: deal.id, version: deal.version, amount: 77_700 })
  done({ step: 'edit', id: deal.id })

  await call('imports.undo', { id: batch.id })
  done({ step: 'undo', id: batch.id ?? '' })
  closeSync(ack)
  await installation.close()
}

if (import.meta.main) {
  const [dataDir = '', ackFile = '', tag = ''] = process.argv.slice(2)
  await play(dataDir, ackFile, tag)
}
