// Exploring without a mouse: a question is built, its address shows the same to another window, a view is kept and pinned.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metrics } from '../../src/features/results/calc/metrics.ts'
import { resultsTexts } from '../../src/features/results/texts.ts'
import { exploreTexts } from '../../src/features/results/texts-explore.ts'
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

interface Figure {
  value?: number
}

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    headers: { 'kontor-key': kontor.key, 'kontor-org': 'demo' },
  })
  return (await answer.json()) as Answer
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
/** What the table says, cell by cell. */
const shown = (page: Page) => page.locator('.explore-table table').textContent()

/** The parts of the address, in whatever order they stand. */
const questionOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

interface Funnel {
  steps: { stage: { id: string; name: string }; reached: number }[]
  groups: { cell: { name: string }; won: number }[]
}
interface Cohorts {
  rows: { cohort: string; customers: number; active: Figure[] }[]
}

/** From the drawer that explains a figure to all its rows. */
async function toRows(page: Page, all: string): Promise<void> {
  await page.getByRole('dialog').getByRole('link', { name: all }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/rows\?/)
}

/** Puts the focus on a button and presses Enter. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().focus()
  await page.keyboard.press('Enter')
}

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = exploreTexts[language]
  const words = resultsTexts[language]

  test('a question by keyboard, in another window, as a view on the overview', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/explore?period=2026-Q3',
    })
    await page.getByRole('heading', { level: 1, name: metrics.revenue.name[language] }).waitFor()

    // Win rate instead of revenue, by team.
    await press(page, new RegExp(`^${t.metrics}`))
    for (const id of ['win-rate', 'revenue'] as const) {
      await page.getByRole('checkbox', { name: metrics[id].name[language], exact: true }).focus()
      await page.keyboard.press('Space')
    }
    await page.keyboard.press('Escape')
    await press(page, t.by_offer)
    await page
      .getByRole('menu', { name: t.by_offer })
      .getByRole('menuitemradio', { name: words.dimension_team, exact: true })
      .focus()
    await page.keyboard.press('Enter')
    await page.locator('.explore-table table').waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('metric')).toBe('win-rate')
    expect(new URL(page.url()).searchParams.get('by')).toBe('team')
    expect(await axeFindings(page)).toEqual([])

    // The total is the win rate of all deals, neither sum nor mean of the teams.
    interface Rows {
      rows: Record<string, Figure>[]
    }
    const question = 'metric=win-rate&period=2026-Q3'
    const { rows: [whole] = [] } = await ask<Rows>(`/results?${question}`)
    const parts = (await ask<Rows>(`/results?${question}&by=team`)).rows.map(
      (row) => row['win-rate']?.value ?? 0,
    )
    const percent = (value: number) => Math.round(value * 100)
    const total = percent(whole?.['win-rate']?.value ?? 0)
    expect(percent(parts.reduce((sum, part) => sum + part, 0))).not.toBe(total)
    const foot = await page.locator('.explore-table tfoot').textContent()
    expect(foot).toMatch(new RegExp(`(^|\\D)${total}\\D`))

    // The same address in another window.
    const other = await context.newPage()
    await other.goto(page.url())
    await other.locator('.explore-table table').waitFor()
    expect(await heading(other)).toBe(await heading(page))
    expect(await shown(other)).toBe(await shown(page))
    await other.close()

    // Kept under a name and pinned.
    const name = `Teams ${language}`
    const address = questionOf(page)
    await press(page, t.views)
    await page.getByRole('textbox', { name: new RegExp(`^${t.view_name}`) }).fill(name)
    await page.keyboard.press('Control+Enter')
    const view = page.getByRole('group', { name: t.view_actions.replace('{{name}}', name) })
    await view.getByRole('button', { name: t.view_pin }).focus()
    await page.keyboard.press('Enter')
    await view.getByRole('button', { name: t.view_unpin }).waitFor()
    expect(await axeFindings(page)).toEqual([])

    await goInside(page, '/demo/overview')
    const pinned = page.getByRole('region', { name: t.pinned })
    await pinned.getByRole('link', { name }).waitFor()
    await pinned
      .getByRole('button', { name: /North|Nord/ })
      .first()
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    await pinned.getByRole('link', { name }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.explore-table table').waitFor()
    expect(questionOf(page)).toEqual(address)
    expect(wrong).toEqual([])
    await context.close()
  })

  test('steps of the funnel lead to their rows, by keyboard', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/explore?form=funnel&period=2026-Q2&by=team',
    })
    const table = page.locator('.explore-funnel')
    await table.waitFor()
    const { steps, groups } = await ask<Funnel>('/funnel?period=2026-Q2&by=team')
    const second = steps[1]
    if (second === undefined) throw new Error('the funnel has no steps')
    await table
      .getByRole('button', { name: new RegExp(`^${second.stage.name}, ${t.funnel_reached}`) })
      .focus()
    await page.keyboard.press('Enter')
    await toRows(page, words.show_all)
    await page.getByRole('heading', { level: 1, name: new RegExp(` ${second.reached}:`) }).waitFor()
    expect(new URL(page.url()).searchParams.get('reached')).toBe(second.stage.id)
    // The same rows in another window.
    const other = await context.newPage()
    await other.goto(page.url())
    await other
      .getByRole('heading', { level: 1, name: new RegExp(` ${second.reached}:`) })
      .waitFor()
    await other.close()

    // Of a team, the deals won of those opened then.
    await goInside(page, '/demo/explore?form=funnel&period=2026-Q2&by=team')
    const [team] = groups
    await page
      .getByRole('button', { name: new RegExp(`^${team?.cell.name}, ${t.funnel_won}`) })
      .focus()
    await page.keyboard.press('Enter')
    await toRows(page, words.show_all)
    await page.getByRole('heading', { level: 1, name: new RegExp(` ${team?.won}:`) }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)

  test('cells of the cohorts lead to their rows, by arrow keys', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/explore?form=cohorts&grain=quarter&by=industry',
    })
    // From a cohort's size to those who bought two quarters later.
    const grid = page.locator('.explore-cohorts').last()
    await grid.waitFor()
    const { rows } = await ask<Cohorts>('/cohorts?grain=quarter')
    const cohort = rows[0]
    const bought = Math.round((cohort?.active[2]?.value ?? 0) * (cohort?.customers ?? 0))
    expect(bought).toBeGreaterThan(3)
    await grid.locator('tbody tr').first().getByRole('button').first().focus()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await toRows(page, words.show_all)
    await page.getByRole('heading', { level: 1, name: new RegExp(` ${bought}:`) }).waitFor()
    expect(new URL(page.url()).searchParams.get('cohort')).toBe(cohort?.cohort)
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)

  test('on paper nothing is cut off: wide tables lie across, narrow ones stand', async () => {
    const { page, context } = await openPage(browser, kontor, { language, theme: 'dark' })
    const inside = await context.newCDPSession(page)
    for (const [path, across] of [
      ['metric=revenue,win-rate&by=seller&period=2026-Q3', false],
      ['metric=revenue&by=seller,month&period=2026', true],
      ['form=cohorts&grain=month', true],
      ['form=funnel&by=seller', false],
      ['metric=win-rate&by=team&form=bars&period=2026', false],
    ] as const) {
      await page.emulateMedia({ media: null })
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`${kontor.address}/demo/explore?${path}`)
      await page.locator('.k-main table, .k-chart-drawing svg').first().waitFor()
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      // As wide as the sheet between its margins of 14 mm.
      const width = Math.floor((((across ? 297 : 210) - 28) / 25.4) * 96)
      await page.setViewportSize({ width, height: 900 })
      const reach = () => page.evaluate<number>('document.documentElement.scrollWidth')
      // The other medium and the other width come to the page one after the other.
      await expect.poll(reach, { message: path }).toBeLessThanOrEqual(width)
      const { cssContentSize: drawn } = await inside.send('Page.getLayoutMetrics')
      expect(drawn.width, path).toBe(width)
      expect(await page.locator('.explore-bar').isVisible()).toBe(false)
      await page.emulateMedia({ media: null })
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf, path).toMatch(
        across
          ? /\/MediaBox \[0 0 84[12]\.?\d* 59[45]\.?\d*\]/
          : /\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/,
      )
    }
    await context.close()
  }, 120_000)

  test('an address that cannot be asked is mended, and says so', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/explore?metric=happiness,revenue&by=stage&form=pie',
    })
    const note = page.locator('.explore-mended')
    await note.waitFor()
    expect(await note.textContent()).toContain('happiness')
    await page.getByRole('heading', { level: 1, name: metrics.revenue.name[language] }).waitFor()
    expect(wrong).toEqual([])
    await context.close()
  })
})

test('charts come with their own load: neither the overview’s first lines nor a table draws one', async () => {
  const { page, context } = await openPage(browser, kontor, { language: 'en' })
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto(`${kontor.address}/demo/explore?by=team`)
  await page.locator('.explore-table table').waitFor()
  await page.waitForLoadState('networkidle')
  expect(loaded.filter((url) => url.includes('chart-drawing'))).toEqual([])
  await page.goto(`${kontor.address}/demo/explore?by=team&form=bars`)
  await page.locator('.k-chart-drawing svg').waitFor()
  expect(loaded.some((url) => url.includes('chart-drawing'))).toBe(true)
  await context.close()
})

test('words beside a figure come while it is seen, and no more once it is hidden', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    at: '/demo/overview',
  })
  const figure = page.locator('.k-figure-big .k-figure-value').first()
  await figure.waitFor()
  /** Touches the figure, does this, and says whether the words are there when their time has come. */
  const touched = (then: string) =>
    page.evaluate<boolean>(`new Promise((say) => {
      const figure = document.querySelector('.k-figure-big .k-figure-value')
      figure.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'touch' }))
      ${then}
      setTimeout(() => say(document.getElementById('k-tip') !== null))
    })`)
  expect(await touched('')).toBe(true)
  expect(await touched("document.querySelector('main').hidden = true")).toBe(false)
  expect(wrong).toEqual([])
  await context.close()
})
