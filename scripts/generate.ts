// Writes what is derived from the contracts and the schema; `--check` only says what is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { contract } from '../src/app.ts'
import { type Contract, type Operation, roles } from '../src/basics/contract.ts'
import { commonRefusals, openApiDocument } from '../src/platform/http/openapi.ts'
import { version } from '../src/platform/version.ts'

const root = join(import.meta.dirname, '..')
const all: Contract = contract
/** Features with a contract, in their order. */
const features = [
  'activities',
  'calendars',
  'cases',
  'customers',
  'deals',
  'exports',
  'forecast',
  'goals',
  'imports',
  'orders',
  'products',
  'quota',
  'quality',
  'rates',
  'results',
  'search',
  'surveys',
  'team',
  'today',
  'trust',
]

/** Path of each generated file → its content. */
export function generated(): Record<string, string> {
  return {
    'src/web/operations.generated.ts': routesTable(),
    'docs/generated/openapi.json': `${JSON.stringify(openApiDocument(all, version), null, 2)}\n`,
    'docs/generated/operations.md': operationsPage(),
    'docs/generated/permissions.md': permissionsPage(),
    'docs/generated/refusals.md': refusalsPage(),
  }
}

function routesTable(): string {
  const rows = Object.entries(all).map(([name, { method, path, body }]) => {
    const parts = [`method: '${method}'`, `path: '${path}'`, ...(body ? [`body: '${body}'`] : [])]
    return `  '${name}': { ${parts.join(', ')} },`
  })
  const imports = features.map(
    (name) => `import type { ${name}Contract } from '../features/${name}/contract.ts'`,
  )
  return `// Generated from the contracts by scripts/generate.ts: where each operation lives. Do not edit.
import type { Route } from '../basics/route.ts'
${imports.join('\n')}

/** All contracts of all features in one type. */
export type Contracts = ${features.map((name) => `typeof ${name}Contract`).join(' &\n  ')}

export const operationRoutes: Readonly<Record<keyof Contracts, Route>> = {
${rows.join('\n')}
}
`
}

function operationsPage(): string {
  const parts = Object.entries(all).map(([name, one]) => operationPart(name, one))
  return `# Operations

Generated from the contracts. Every address is below \`/api/v1\`; every operation is also in [openapi.json](openapi.json).

${parts.join('\n')}`
}

function operationPart(name: string, one: Operation): string {
  const flags = [
    one.changes ? 'makes one change' : '',
    one.undo ? 'can be undone' : '',
    one.body === 'file' ? 'takes a file' : '',
    one.answers ? `answers ${[one.answers].flat().join(' or ')}` : '',
  ].filter((flag) => flag !== '')
  return `## ${name}

${one.sentence}

\`${one.method} ${one.path}\`${flags.length === 0 ? '' : ` · ${flags.join(' · ')}`}
${one.refusals.length === 0 ? '' : `\nRefuses with ${one.refusals.map((code) => `\`${code}\``).join(', ')}.\n`}`
}

function permissionsPage(): string {
  const rows = Object.entries(all).map(
    ([name, { policy }]) => `| ${name} | ${roles.map((role) => policy[role] ?? '–').join(' | ')} |`,
  )
  return `# Who may do what

Generated from the contracts. \`own\`: facts of the own seller · \`team\`: facts of sellers who were, on the fact's
date, in a team at or below one the person leads · \`all\`: everything in the organisation · –: not allowed.

| operation | ${roles.join(' | ')} |
|---|${roles.map(() => '---').join('|')}|
${rows.join('\n')}
`
}

function refusalsPage(): string {
  const byCode = new Map<string, string[]>()
  for (const [name, { refusals }] of Object.entries(all)) {
    for (const code of refusals) byCode.set(code, [...(byCode.get(code) ?? []), name])
  }
  const rows = [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, names]) => `| \`${code}\` | ${names.join(', ')} |`)
  return `# Refusals

Generated from the contracts. Beside these, every operation may refuse with ${commonRefusals.map((code) => `\`${code}\``).join(', ')}.

| code | operations |
|---|---|
${rows.join('\n')}
`
}

/** Names of generated files whose committed content differs. */
export async function outdated(): Promise<string[]> {
  const names: string[] = []
  for (const [path, content] of Object.entries(generated())) {
    const committed = await readFile(join(root, path), 'utf8').catch(() => '')
    if (committed !== content) names.push(path)
  }
  return names
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const names = await outdated()
    for (const name of names) process.stderr.write(`${name} is out of date: npm run generate\n`)
    process.exitCode = names.length === 0 ? 0 : 1
  } else {
    for (const [path, content] of Object.entries(generated())) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), content)
    }
  }
}
