// Why a figure changed, without a mouse: metric and periods are chosen, the bars add up, a place leads to its rows.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metrics } from '../../src/features/results/calc/metrics.ts'
import { resultsTexts } from '../../src/features/results/texts.ts'
import { changesTexts } from '../../src/features/results/texts-changes.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, openBrowser, openPage } from './browser.ts'

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

interface Changes {
  finding: string
  whole: { total: { value: number } }
  places: { dimension: string; cell: string | { id: string; name: string }; text: string }[]
  ordinary: { text: string }
}

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    headers: { 'kontor-key': kontor.key, 'kontor-org': 'demo' },
  })
  return (await answer.json()) as Answer
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

/** Puts the focus on a button and presses Enter. */
async function press(page: Page, name: string | RegExp, exact = false): Promise<void> {
  await page.getByRole('button', { name, exact }).first().focus()
  await page.keyboard.press('Enter')
}

/** Chooses in the menu of a chip. */
async function choose(page: Page, chip: RegExp, item: string): Promise<void> {
  await press(page, chip)
  await page.getByRole('menuitemradio', { name: item, exact: true }).focus()
  await page.keyboard.press('Enter')
}

/** Numbers of the table under the first chart, as the language writes them. */
async function barsOf(page: Page, language: 'en' | 'de'): Promise<number[]> {
  const texts = await page
    .locator('.k-chart-table')
    .first()
    .locator('tbody tr td:last-child')
    .allTextContents()
  return texts.map((text) =>
    Number(
      (language === 'de' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''))
        .replace('\u2212', '-')
        .replace(/[^\d.-]/g, ''),
    ),
  )
}

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = changesTexts[language]
  const words = resultsTexts[language]

  test('metric and periods by keyboard; bars add up; a place leads to its rows; the address says it all', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/why-changed',
    })
    await page.getByRole('heading', { level: 1, name: metrics.revenue.name[language] }).waitFor()

    await choose(page, new RegExp(`^${t.metric} `), words['metric_deals-won'])
    await expect.poll(() => param(page, 'metric')).toBe('deals-won')
    // The month of April, against the one a year ago.
    await page.locator('.k-chips button').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: words.kind_month, exact: true }).focus()
    await page.keyboard.press('Space')
    await press(page, /^April 2026/)
    await expect.poll(() => param(page, 'period')).toBe('2026-04')
    await press(page, new RegExp(`^${words.against} `))
    await press(page, words['against_year-ago'], true)
    await expect.poll(() => param(page, 'against')).toBe('year-ago')

    const question = 'metric=deals-won&period=2026-04&against=year-ago'
    const found = await ask<Changes>(`/results/changes?${question}&lang=${language}`)
    await page.getByRole('heading', { level: 1, name: found.finding }).waitFor()
    expect(await axeFindings(page)).toEqual([])

    // From one figure to the other, and the last bar is where the steps end.
    await press(page, partTexts[language].as_table)
    const bars = await barsOf(page, language)
    expect(bars.length).toBeGreaterThan(3)
    const [first = 0, last = 0] = [bars[0], bars.at(-1)]
    const steps = bars.slice(1, -1).reduce((sum, step) => sum + step, 0)
    expect(first + steps).toBe(last)
    expect(steps).toBe(found.whole.total.value)
    // As does the table: its last line is the whole.
    const foot = (await page.locator('tfoot').first().textContent()) ?? ''
    expect(foot).toContain(`+${found.whole.total.value}`)

    // April stands out in one place only, and is a quiet month as a whole.
    await page.getByText(found.ordinary.text).waitFor()
    expect(found.ordinary.text).toMatch(
      language === 'de' ? /liegt in der üblichen Schwankung/ : /is within normal variation/,
    )
    const [place] = found.places
    if (place === undefined) throw new Error('no place stands out')
    await page.getByText(place.text).waitFor()

    // The same address in another window.
    const other = await context.newPage()
    await other.goto(page.url())
    await other.getByRole('heading', { level: 1, name: found.finding }).waitFor()
    await other.getByText(place.text).waitFor()
    expect(await other.locator('tfoot').first().textContent()).toBe(foot)
    await other.close()

    // Its rows: as many as the figure says.
    const name = typeof place.cell === 'string' ? place.cell : place.cell.name
    const cell = typeof place.cell === 'string' ? place.cell : place.cell.id
    await page.getByRole('link', { name: t.rows.replace('{{name}}', name) }).focus()
    await page.keyboard.press('Enter')
    const { total } = await ask<{ total: number }>(
      `/results/rows?metric=deals-won&period=2026-04&limit=1&where.${place.dimension}=${encodeURIComponent(cell)}`,
    )
    await page.getByRole('heading', { level: 1, name: new RegExp(` ${total}:`) }).waitFor()
    expect(param(page, place.dimension)).toBe(cell)
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)

  test('what cannot be divided so is divided by the nearest, and too little data is said', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/why-changed?metric=activities&by=product',
    })
    const note = page.getByRole('status').filter({ hasText: words.dimension_product })
    await note.waitFor()
    expect(await note.textContent()).toContain(words.dimension_seller)

    // The first month on record, and one before it.
    await goInside(page, '/demo/why-changed?metric=win-rate&period=2021-11&against=2021-09')
    await page
      .getByText(
        language === 'de' ? /Ein Vergleich mit .+ ist nicht möglich/ : /cannot be compared with/,
      )
      .waitFor()
    await page
      .getByText(
        language === 'de'
          ? /keine Verkaufschance abgeschlossen/
          : /No deal was closed in this period/,
      )
      .first()
      .waitFor()
    await page
      .getByText(language === 'de' ? /ganze Monate fehlen/ : /more whole months are needed/)
      .waitFor()
    expect(await heading(page)).not.toContain('NaN')
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  })
})
