// Runs the methods against the golden files: `node scripts/golden.ts [FOLDER]`, exit 1 on any failure.

import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { compare, type GoldenCase, type Mismatch } from './golden-compare.ts'
import { answer } from './golden-registry.ts'

export interface Failure {
  readonly id: string
  /** The keys that do not hold, or the error the method threw. */
  readonly mismatches: readonly Mismatch[]
  readonly error?: string
}

export interface MethodReport {
  readonly method: string
  readonly passed: number
  readonly failed: number
  /** Cases whose function is not registered: work to come, not a failure. */
  readonly notBuilt: number
  readonly failures: readonly Failure[]
}

/** The repository's own golden files. */
export const goldenFolder: string = resolve(import.meta.dirname, '..', 'golden')

/** What became of one case: nothing registered for it, or how it failed (undefined = it holds). */
function runCase(method: string, goldenCase: GoldenCase): 'not built' | Failure | undefined {
  const { id } = goldenCase
  try {
    const got = answer(method, goldenCase)
    if (got === undefined) return 'not built'
    const mismatches = compare(goldenCase, got)
    return mismatches.length === 0 ? undefined : { id, mismatches }
  } catch (error) {
    return { id, mismatches: [], error: error instanceof Error ? error.message : String(error) }
  }
}

/** Runs all cases of one method. */
export function runCases(method: string, cases: readonly GoldenCase[]): MethodReport {
  const outcomes = cases.map((goldenCase) => runCase(method, goldenCase))
  const failures = outcomes.filter((outcome) => typeof outcome === 'object')
  return {
    method,
    passed: outcomes.filter((outcome) => outcome === undefined).length,
    failed: failures.length,
    notBuilt: outcomes.filter((outcome) => outcome === 'not built').length,
    failures,
  }
}

/** Runs every `<method>.json` of a folder, in the order of their names. */
export async function runFolder(folder: string): Promise<MethodReport[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const reports: MethodReport[] = []
  for (const file of files) {
    const content: { cases?: GoldenCase[] } = JSON.parse(await readFile(join(folder, file), 'utf8'))
    reports.push(runCases(file.slice(0, -'.json'.length), content.cases ?? []))
  }
  return reports
}

function shown(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value)
  return JSON.stringify(value)
}

function table(reports: readonly MethodReport[]): string[] {
  const total = (pick: (report: MethodReport) => number) =>
    String(reports.reduce((sum, report) => sum + pick(report), 0))
  const rows = [
    ['method', 'passed', 'failed', 'not built'],
    ...reports.map((r) => [r.method, String(r.passed), String(r.failed), String(r.notBuilt)]),
    ['total', total((r) => r.passed), total((r) => r.failed), total((r) => r.notBuilt)],
  ]
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  )
}

/** The report as text: one aligned table, then every failing key. */
export function describe(reports: readonly MethodReport[]): string {
  const failing = reports.flatMap(({ method, failures }) =>
    failures.flatMap(({ id, mismatches, error }) => [
      ...(error === undefined ? [] : [`FAILED ${method} ${id}: ${error}`]),
      ...mismatches.map(
        ({ path, want, got }) =>
          `FAILED ${method} ${id}: ${path} expected ${shown(want)}, got ${shown(got)}`,
      ),
    ]),
  )
  return [...table(reports), ...failing].join('\n')
}

async function main(): Promise<void> {
  const reports = await runFolder(process.argv[2] ?? goldenFolder)
  console.log(describe(reports))
  if (reports.length === 0) console.log('No golden files found.')
  process.exitCode = reports.length > 0 && reports.every((report) => report.failed === 0) ? 0 : 1
}

if (import.meta.main) await main()
