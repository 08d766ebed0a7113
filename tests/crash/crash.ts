// Kills the scenario at a chosen place and looks at what is left: the promise of the crash tests.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { principalIn } from '../../src/app.ts'
import { type Installation, openInstallation } from '../../src/installation.ts'
import { callOperation } from '../../src/platform/operations.ts'
import { ended, type Finished } from '../kontor-process.ts'
import { type Acknowledged, rowsOfImport } from './scenario.ts'

const scenario = join(import.meta.dirname, 'scenario.ts')

export function startScenario(
  dataDir: string,
  ackFile: string,
  tag: string,
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, [scenario, dataDir, ackFile, tag], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export function playScenario(
  dataDir: string,
  ackFile: string,
  tag: string,
  env: Record<string, string> = {},
): Promise<Finished> {
  return ended(startScenario(dataDir, ackFile, tag, env))
}

/** Number of places where the scenario can be stopped. */
export function faultPointsOf({ stderr }: Finished): number {
  const found = /fault points passed: (\d+)/.exec(stderr)
  if (!found) throw new Error(`the scenario did not count its fault points: ${stderr}`)
  return Number(found[1])
}

export function reopen(dataDir: string): Promise<Installation> {
  return openInstallation({
    dataDir,
    demo: false,
    serving: false,
    locale: 'en',
    log: () => {},
    onError: () => {},
  })
}

/**
 * Everything acknowledged under the tag is there, nothing is half there, and `check` is clean.
 * Returns what is wrong, one sentence each.
 */
export async function wrongAfter(
  installation: Installation,
  ackFile: string,
  tag: string,
): Promise<string[]> {
  const wrong: string[] = []
  const { program } = installation
  const who = await principalIn(program, 'own')
  const acknowledged = await readAcknowledged(ackFile)
  const steps = new Set(acknowledged.map((one) => one.step))
  const { deals, sales, customers } = await program.db.read(who, async (tx) => {
    const [row] = await tx.rows<{ deals: number; sales: number; customers: number }>(sql`
      SELECT
        (SELECT count(*) FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL AND external_id >= ${`${tag}-`} AND external_id < ${`${tag}.`}) AS deals,
        (SELECT count(*) FROM sale s JOIN deal d ON d.org_id = s.org_id AND d.id = s.deal_id AND d.change_out IS NULL
          WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND d.external_id >= ${`${tag}-`} AND d.external_id < ${`${tag}.`}) AS sales,
        (SELECT count(*) FROM customer WHERE org_id = ${tx.orgId} AND name = ${`Made ${tag}`} AND state = 'active') AS customers`)
    return row ?? { deals: -1, sales: -1, customers: -1 }
  })
  if (steps.has('customer') && customers !== 1)
    wrong.push(`the acknowledged customer is there ${customers} times`)
  if (deals !== sales) wrong.push(`${deals} deals but ${sales} sales`)
  // Undo keeps the one deal that was edited since.
  const allowed = steps.has('undo')
    ? [1]
    : steps.has('edit')
      ? [1, rowsOfImport]
      : steps.has('import')
        ? [rowsOfImport]
        : [0, rowsOfImport]
  if (!allowed.includes(deals))
    wrong.push(`${deals} deals after ${[...steps].join(', ')}; expected ${allowed.join(' or ')}`)
  const found = (await callOperation(program, who, 'check.run', {})) as {
    holds: boolean
    findings: { text: string }[]
  }
  if (!found.holds) wrong.push(...found.findings.map((one) => `check: ${one.text}`))
  return wrong
}

async function readAcknowledged(ackFile: string): Promise<Acknowledged[]> {
  if (!existsSync(ackFile)) return []
  const lines = (await readFile(ackFile, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Acknowledged)
}
