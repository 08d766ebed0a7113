// R4: `serve` and `import` started in the same second on one folder: both end well, nothing is lost or doubled.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finished, runKontor, startKontor } from '../kontor-process.ts'

const rowsPerFile = 5

/** Runs both at once; returns what is wrong, one sentence each. */
export async function startTogether(dataDir: string, round: number): Promise<string[]> {
  const file = join(dataDir, `together-${round}.csv`)
  const rows = Array.from({ length: rowsPerFile }, (_, i) => `Together ${round} ${i}`)
  await writeFile(file, `name\n${rows.join('\n')}\n`)
  const [kontor, imported] = await Promise.all([
    startKontor({ dataDir }),
    runKontor(['import', file, '--as', 'customers', '--json'], { dataDir }),
  ])
  try {
    return [...wrongImport(imported), ...(await wrongCount(kontor, round))]
  } finally {
    await kontor.stop()
  }
}

function wrongImport({ code, stdout, stderr }: Finished): string[] {
  if (code !== 0) return [`import ended with ${code}: ${stderr}`]
  const { added } = JSON.parse(stdout) as { added: number }
  return added === rowsPerFile ? [] : [`import added ${added} of ${rowsPerFile} rows`]
}

async function wrongCount(
  kontor: { address: string; key: string },
  round: number,
): Promise<string[]> {
  const answer = await fetch(`${kontor.address}/api/v1/customers?search=together%20${round}%20`, {
    headers: { 'kontor-key': kontor.key },
  })
  const { rows } = (await answer.json()) as { rows: unknown[] }
  return rows.length === rowsPerFile ? [] : [`${rows.length} of ${rowsPerFile} customers are there`]
}
