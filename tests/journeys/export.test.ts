// A list taken away: as CSV, as a spreadsheet, and on paper; just the rows that the filter shows.
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectFile } from '../../src/features/imports/read-file.ts'
import { type RunningKontor, runKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, type Language, openBrowser, openPage, settled } from './browser.ts'

let browser: Browser
let kontor: RunningKontor
beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared({ demo: true })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

const words = {
  en: { export: 'Export', csv: 'CSV', xlsx: 'Excel', name: 'Customers' },
  de: { export: 'Exportieren', csv: 'CSV', xlsx: 'Excel', name: 'Kundinnen und Kunden' },
} as const

async function stands(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor()
  await settled(page)
}

/** How many customers the filter finds, as the server says. */
async function countOf(filter: string): Promise<number> {
  const answer = await fetch(`${kontor.address}/api/v1/customers?count=true&${filter}`, {
    headers: { 'kontor-key': kontor.key, 'kontor-org': 'demo' },
  })
  return ((await answer.json()) as { total: number }).total
}

async function taken(page: Page, item: string): Promise<{ path: string; name: string }> {
  await page.getByRole('menuitem', { name: item, exact: true }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item, exact: true }).press('Enter'),
  ])
  return { path: await download.path(), name: download.suggestedFilename() }
}

test.each(['en', 'de'] as const)(
  '%s: a filtered list as CSV and as a spreadsheet',
  async (language: Language) => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      theme: language === 'de' ? 'dark' : 'light',
      at: '/demo/customers?country=Germany',
    })
    const said = words[language]
    const total = await countOf('country=Germany')
    expect(total).toBeGreaterThan(200)
    await stands(page)
    const button = page.getByRole('button', { name: said.export, exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: said.csv, exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const csv = await taken(page, said.csv)
    expect(csv.name).toMatch(new RegExp(`^${said.name} \\d{4}-\\d\\d-\\d\\d\\.csv$`))
    const [header = '', ...lines] = (await readFile(csv.path, 'utf8')).trimEnd().split('\r\n')
    const country = header.split(',').indexOf(language === 'de' ? 'Land' : 'Country')
    expect(lines).toHaveLength(total)
    expect(lines.every((line) => line.split(',')[country] === 'Germany')).toBe(true)
    await button.click()
    const book = await taken(page, said.xlsx)
    expect(book.name).toMatch(/\.xlsx$/)
    const { read, headers } = await inspectFile(book.path, { mapping: { header: true } })
    expect(read).toBe(total)
    expect(headers[country]).toBe(header.split(',')[country])
    expect(wrong).toEqual([])
    await context.close()
  },
  60_000,
)

test('a refusal is told as a sentence, and the menu is there again', async () => {
  const { page, context } = await openPage(browser, kontor, {
    language: 'de',
    at: '/demo/customers?batchId=none',
  })
  await stands(page)
  const button = page.getByRole('button', { name: words.de.export, exact: true })
  await button.click()
  await page.getByRole('menuitem', { name: words.de.csv, exact: true }).click()
  const message = page.locator('.mantine-Notifications-root')
  await message.getByText('Eine Angabe kann so nicht verwendet werden.').waitFor()
  await button.waitFor()
  await context.close()
}, 60_000)

test('on paper: no navigation, light, in A4 with who, when and how far known', async () => {
  const { page, context } = await openPage(browser, kontor, {
    language: 'de',
    theme: 'dark',
    at: '/demo/overview',
  })
  await stands(page)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const gone of ['.k-nav', '.k-search', '.k-page-actions', '.k-chip-offer']) {
    expect(await page.locator(gone).filter({ visible: true }).count(), gone).toBe(0)
  }
  const head = page.locator('.k-print-head')
  expect(await head.isVisible()).toBe(true)
  expect(await head.textContent()).toMatch(/gedruckt am \d+\. \S+ \d{4}/)
  const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  expect(ground).toBe('rgb(255, 255, 255)')
  const ink = await page.evaluate<string>('getComputedStyle(document.body).color')
  expect(Math.max(...(ink.match(/\d+/g) ?? ['255']).map(Number))).toBeLessThan(80)
  await page.emulateMedia({ media: null })
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  // A4 in points.
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/)
  await context.close()
}, 60_000)

test('the command line gives the same files, through the running server', async () => {
  const options = { dataDir: kontor.dataDir }
  const filter = ['--filter', '{"country":"Germany"}']
  const common = ['export', '--org', 'demo', '--lang', 'en']
  const csv = await runKontor([...common, '--list', 'customers', ...filter], options)
  expect(csv.code, csv.stderr).toBe(0)
  expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength((await countOf('country=Germany')) + 1)
  const out = `${kontor.dataDir}/board.xlsx`
  const board = await runKontor(
    [...common, '--list', 'board', '--period', '2026-Q3', '--out', out],
    options,
  )
  expect(board.code, board.stderr).toBe(0)
  expect((await inspectFile(out, { mapping: { header: true } })).headers.slice(0, 3)).toEqual([
    'Name',
    'Group',
    'Revenue',
  ])
  const facts = await runKontor([...common, '--metric', 'revenue', '--period', '2026-Q3'], options)
  expect(facts.stdout).toMatch(/^id,deal,number,on,kind,seller,/)
  const wrong = await runKontor([...common, '--list', 'customers', '--filter', '{'], options)
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('not readable as JSON')
}, 120_000)
