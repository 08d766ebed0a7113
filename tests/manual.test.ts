// The manual is true where a machine can tell: its links lead somewhere, its labels stand on a screen, nothing is left out.
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { program } from '../src/cli/main.ts'
import { checks } from '../src/features/quality/calc/checks.ts'
import { metrics } from '../src/features/results/calc/metrics.ts'

const root = join(import.meta.dirname, '..')
const manual = join(root, 'docs/manual')
const languages = ['en', 'de'] as const

async function filesOf(pattern: string): Promise<string[]> {
  const found: string[] = []
  for await (const path of glob(pattern, { cwd: root })) found.push(path)
  return found.filter((path) => !path.includes('node_modules')).sort()
}

const textOf = (path: string) => readFile(resolve(root, path), 'utf8')
const chapterOf = (language: 'en' | 'de', name: string) =>
  textOf(join(manual, language === 'de' ? `de/${name}` : name))

/** What a heading is called in an address, by the rule of the place where the files are read. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

test('every relative link and picture leads to something that is there', async () => {
  const missing: string[] = []
  for (const path of [...(await filesOf('*.md')), ...(await filesOf('docs/**/*.md'))]) {
    for (const [, to = ''] of (await textOf(path)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(to)) continue
      const [file = '', anchor] = to.split('#')
      const target = file === '' ? resolve(root, path) : resolve(root, dirname(path), file)
      const there = existsSync(target)
      const found = !anchor || (there && anchorsOf(await textOf(target)).includes(anchor))
      if (!there || !found) missing.push(`${path}: ${to}`)
    }
  }
  expect(missing).toEqual([])
})

test('every chapter stands in both languages, with as many parts and points', async () => {
  const names = (await filesOf('docs/manual/*.md')).map((path) => path.split('/').at(-1) ?? '')
  for (const name of names.filter((one) => one !== 'README.md')) {
    const [english, german] = await Promise.all(languages.map((one) => chapterOf(one, name)))
    const shape = (text = '') => text.match(/^(#+ |- |\| |!\[|```)/gm)
    expect(shape(german), name).toEqual(shape(english))
  }
})

test.each(languages)('every metric stands in the table of metrics (%s)', async (language) => {
  const text = (await chapterOf(language, 'results.md')).toLowerCase()
  const told = new Set([...text.matchAll(/^\| ([^|]+?) *\|/gm)].map(([, name]) => name))
  const names = Object.values(metrics).map(({ name }) => name[language].toLowerCase())
  const missing = names.filter((name) => !told.has(name))
  expect(missing).toEqual([])
})

test('every label the manual names stands on a screen in those words', async () => {
  const words = new Set<string>()
  for (const path of await filesOf('src/**/*.{ts,tsx}')) {
    const literals = (await textOf(path)).matchAll(/'((?:[^'\\\n]|\\.)+)'|"([^"\n]+)"/g)
    for (const [, one, other] of literals) {
      const word = (one ?? other ?? '').replaceAll('\\', '')
      words.add(word.replace(/ \(\{\{\w+\}\}\)$/, ''))
    }
  }
  const unknown: string[] = []
  for (const path of await filesOf('docs/manual/**/*.md')) {
    const prose = (await textOf(path)).replace(/```[\s\S]*?```|`[^`]*`/g, '').replace(/\s+/g, ' ')
    for (const [, label = ''] of prose.matchAll(/(?<![\p{L}\p{N}_])_([^_]+)_(?![\p{L}\p{N}_])/gu)) {
      if (!words.has(label)) unknown.push(`${path}: ${label}`)
    }
  }
  expect(unknown).toEqual([])
})

async function keysOfCommands(): Promise<string[]> {
  const files = await filesOf('src/**/{web,web-settings,commands,shell-commands}.ts')
  const texts = await Promise.all(files.map(textOf))
  return texts.flatMap((text) =>
    [...text.matchAll(/\bkeys: '([^']+)'/g)].map(([, keys = '']) => keys),
  )
}

test('every command, every key and every check of the data is described in both languages', async () => {
  for (const language of languages) {
    const lines = await chapterOf(language, 'command-line.md')
    const commands = program().commands.map((one) => one.name())
    expect(commands.filter((name) => !lines.includes(`| \`${name}\``))).toEqual([])
    const records = await chapterOf(language, 'records.md')
    const control = language === 'de' ? 'Strg ' : 'Ctrl '
    const written = (await keysOfCommands()).map((one) => one.replace('mod+k', `${control}K`))
    expect(written.filter((one) => !records.includes(`\`${one}\``))).toEqual([])
    const data = await chapterOf(language, 'data.md')
    expect(checks.map((one) => one.name[language]).filter((one) => !data.includes(one))).toEqual([])
  }
})
