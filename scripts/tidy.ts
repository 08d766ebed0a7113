// The house rules that types and lint cannot say, each with what to do instead; run by `npm run check`.
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Order of features: a feature may use the doors of those before it, never of those after. */
export const featureOrder = [
  'team',
  'calendars',
  'customers',
  'products',
  'deals',
  'orders',
  'rates',
  'activities',
  'surveys',
  'cases',
  'results',
  'quota',
  'forecast',
  'goals',
  'imports',
  'quality',
  'search',
  'trust',
  'exports',
  'today',
] as const

export interface SourceFile {
  /** From the root of the clone, with forward slashes. */
  path: string
  text: string
}

export interface Finding {
  path: string
  line?: number
  what: string
}

const folders = ['src', 'scripts', 'tests', 'demo', 'bench']
const modulesMin = 150

export async function sources(): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      if (!entry.isFile() || !/\.(ts|tsx|css)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      found.push({
        path: relative(root, path).replaceAll('\\', '/'),
        text: await readFile(path, 'utf8'),
      })
    }
  }
  return found
}

/** Every finding over all sources; empty when the house is in order. */
export function tidy(files: readonly SourceFile[]): Finding[] {
  return [
    ...(files.length < modulesMin
      ? [{ path: '.', what: `only ${files.length} sources were seen; the check itself is broken` }]
      : []),
    ...files.flatMap(inFile),
    ...files.flatMap(imports),
    ...classesStyledTwice(files),
  ]
}

const isTest = (path: string) => /\.test\.tsx?$|^tests\//.test(path)
const isPure = (path: string) =>
  /^src\/(basics|methods)\//.test(path) ||
  /^src\/features\/[^/]+\/(calc(\/|[-.])|contract)/.test(path)

interface Rule {
  /** Where it holds. */
  on(path: string): boolean
  pattern: RegExp
  instead: string
}

const rules: readonly Rule[] = [
  {
    on: (p) => isPure(p) && !isTest(p),
    pattern: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|Temporal\.Now\b/,
    instead: 'pure code is given clock and chance',
  },
  {
    on: (p) => /^src\/(features|basics|methods)\//.test(p) && !isTest(p),
    pattern: /\bconsole\./,
    instead: 'answers go through the operation, logs through platform/log',
  },
  {
    on: (p) =>
      /^src\/features\//.test(p) &&
      !/\/store|\/import-|\/apply/.test(p) &&
      !isTest(p) &&
      /\.ts$/.test(p),
    pattern: /\bsql`/,
    instead: 'SQL lives in the store',
  },
  {
    on: (p) => /\.(ts|tsx)$/.test(p) && !/\.config\.ts$/.test(p),
    pattern: /^export default\b/,
    instead: 'export by name',
  },
  { on: (p) => /\.(ts|tsx)$/.test(p), pattern: /^export \* /, instead: 'name what is exported' },
  {
    on: (p) => /\.(ts|tsx)$/.test(p) && !/\.test\.tsx?$|^scripts\/tidy/.test(p),
    pattern: /:\s*any\b|\bas any\b|<any>/,
    instead: 'say the type, or unknown',
  },
  {
    on: (p) =>
      /^src\/(web|features)\//.test(p) && !/tokens\.css$|\.test\.ts$|\/chart-colors\.ts$/.test(p),
    pattern: /#[0-9a-f]{3}(?:[0-9a-f]{3})?\b(?=[;,'")\s])|\brgba?\(/i,
    instead: 'colours stand in tokens.css only',
  },
  {
    on: isTest,
    pattern: /\b(?:test|it|describe)\.(?:only|skip|todo)\b|\bxit\(|\bxtest\(/,
    instead: 'no focused and no skipped tests',
  },
  { on: () => true, pattern: /\b(?:TODO|FIXME)\b/, instead: 'do it, or write an issue' },
]

const bannedNames =
  /(?:^|\/)(?:utils?|helpers?|common|misc|shared|lib|constants|types)(?:\.tsx?$|\/)/
const linesMax = 500

function inFile({ path, text }: SourceFile): Finding[] {
  const findings: Finding[] = []
  const lines = text.split('\n')
  if (bannedNames.test(path)) findings.push({ path, what: 'name the file after what it is for' })
  if (lines.length > linesMax)
    findings.push({ path, what: `${lines.length} lines; split it (limit ${linesMax})` })
  if (!/\.css$/.test(path) && !/^(\/\/|\/\*|#!)/.test(text)) {
    findings.push({ path, what: 'the first line says in one sentence what this file is for' })
  }
  if (path === 'scripts/tidy.ts') return findings
  for (const rule of rules) {
    if (!rule.on(path)) continue
    lines.forEach((line, index) => {
      if (rule.pattern.test(line))
        findings.push({ path, line: index + 1, what: `${rule.instead}: ${line.trim()}` })
    })
  }
  return findings
}

/**
 * Classes that two sheets speak of by the class alone: in the browser all sheets are one, so a name taken twice changes
 * what stands elsewhere. Below a class of its own a sheet may style any other; print speaks of every part.
 */
function classesStyledTwice(files: readonly SourceFile[]): Finding[] {
  const findings: Finding[] = []
  const owners = new Map<string, string>()
  for (const { path, text } of files) {
    if (!path.endsWith('.css') || path === 'src/web/print.css') continue
    const rules = text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}@;]+)\{/g)
    const alone = [...rules].flatMap(([, selectors = '']) =>
      selectors.split(',').flatMap((one) => /^\.([\w-]+)[^\s>+~]*$/.exec(one.trim())?.[1] ?? []),
    )
    for (const name of new Set(alone)) {
      const owner = owners.get(name)
      if (owner) findings.push({ path, what: `.${name} is styled by ${owner}; take another name` })
      else owners.set(name, path)
    }
  }
  return findings
}

/** Which room a file belongs to, and of which feature. */
function roomOf(path: string): { room: string; feature?: string } {
  const feature = /^src\/features\/([^/]+)\/(.+)$/.exec(path)
  if (!feature) return { room: path.split('/').slice(0, 2).join('/') }
  const [, name = '', rest = ''] = feature
  const room =
    rest.startsWith('screens/') || rest === 'texts.ts'
      ? 'screens'
      : rest.startsWith('calc')
        ? 'calc'
        : (/^(contract|store|operations|door|demo)/.exec(rest)?.[1] ?? 'own')
  return { room, feature: name }
}

/** What a source imports or hands on, in whichever way. */
export function importsIn(text: string): { target: string; line: number; typeOnly: boolean }[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'|(?:^|\n)import '([^']+)'/g,
  )
  return Array.from(found, (match) => ({
    target: match[1] ?? match[2] ?? match[3] ?? '',
    line: text.slice(0, match.index).split('\n').length + 1,
    typeOnly: /^\s*import type\b/.test(match[0].replace(/^\n/, '')),
  }))
}

function imports({ path, text }: SourceFile): Finding[] {
  if (isTest(path) || !/\.tsx?$/.test(path)) return []
  const findings: Finding[] = []
  for (const { target, line, typeOnly } of importsIn(text)) {
    const what = forbidden(path, target, typeOnly)
    if (what) findings.push({ path, line, what: `${what} (imports ${target})` })
  }
  return findings
}

function forbidden(from: string, target: string, typeOnly: boolean): string | undefined {
  if (!target.startsWith('.')) {
    if (isPure(from) && target.startsWith('node:')) return 'pure code has no Node'
    return undefined
  }
  const to = relative(root, resolve(root, dirname(from), target)).replaceAll('\\', '/')
  const source = roomOf(from)
  const goal = roomOf(to)
  if (source.room === 'src/methods' && goal.room !== 'src/methods') return 'methods import nothing'
  if (source.room === 'src/basics' && goal.room !== 'src/basics') return 'basics import nothing'
  if (source.room === 'src/platform' && (goal.feature || goal.room === 'src/web'))
    return 'the platform knows no feature'
  if (source.room === 'calc' && ['store', 'operations', 'door', 'screens'].includes(goal.room))
    return 'calc is pure'
  if (
    (source.room === 'screens' || source.room === 'src/web') &&
    !typeOnly &&
    /^src\/(platform|cli)\//.test(to)
  )
    return 'screens do not touch the server'
  if (
    source.room === 'screens' &&
    !typeOnly &&
    ['store', 'operations', 'door', 'contract'].includes(goal.room)
  )
    return 'screens know contracts by type only'
  if (source.feature && goal.feature && source.feature !== goal.feature)
    return acrossFeatures(source, goal, typeOnly)
  return undefined
}

function acrossFeatures(
  source: { room: string; feature?: string },
  goal: { room: string; feature?: string },
  typeOnly: boolean,
): string | undefined {
  const order: readonly string[] = featureOrder
  const earlier = order.indexOf(goal.feature ?? '') < order.indexOf(source.feature ?? '')
  if (source.room === 'screens' && goal.room === 'screens') return undefined
  if (source.room === 'screens' && typeOnly) return undefined
  if (!earlier) return `${source.feature} comes before ${goal.feature} and may not use it`
  if (goal.room !== 'door' && goal.room !== 'contract') return `use ${goal.feature}'s door`
  return undefined
}

if (import.meta.main) {
  const files = await sources()
  const findings = tidy(files)
  for (const { path, line, what } of findings)
    process.stderr.write(`${path}${line ? `:${line}` : ''}: ${what}\n`)
  process.stderr.write(`${files.length} sources, ${findings.length} findings\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
