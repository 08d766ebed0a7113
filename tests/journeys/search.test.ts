// Finding a record by its name: type, look, press Enter, and be on its page; in both languages and on a small screen.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shellTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, type Language, openBrowser, openPage } from './browser.ts'

let browser: Browser
let kontor: RunningKontor
const made: Record<string, string> = {}

async function send(path: string, body: unknown): Promise<{ id: string }> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'demo',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { id: string }
}

beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared({ demo: true })
  for (const [name, city] of [
    ['Zwiebelmüller Nord', 'Kiel'],
    ['Zwiebelmueller Süd', 'Ulm'],
    ...Array.from({ length: 7 }, (_, i) => [`Quittenhof ${i + 1}`, 'Jena'] as const),
  ] as const)
    made[name] = (await send('/customers', { name, city, country: 'Germany' })).id
}, 120_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

const field = (page: Page, language: Language) =>
  page.getByRole('combobox', { name: shellTexts[language].palette })
const chosen = (page: Page) => page.locator('[role=option][aria-selected=true]')
const says = (page: Page) => page.getByRole('dialog').getByRole('status').textContent()
const heading = (page: Page) => page.getByRole('heading', { level: 1 })

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = shellTexts[language]
  test('type → see → Enter → the page; and there again among the last ones', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/customers',
    })
    await heading(page).waitFor()
    await page.keyboard.press('Control+k')
    await field(page, language).fill('zwiebelmuller')
    await page.getByRole('option', { name: /Zwiebelmüller Nord.*Kiel/ }).waitFor()
    await page.getByRole('option', { name: /Zwiebelmueller Süd.*Ulm/ }).waitFor()
    await expect.poll(() => says(page)).toBe(t.results_count_other.replace('{{count}}', '2'))
    expect(await axeFindings(page)).toEqual([])

    await page.keyboard.press('ArrowDown')
    await expect.poll(() => chosen(page).textContent()).toContain('Zwiebelmüller Nord')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/demo/customers/${made['Zwiebelmüller Nord']}`)
    await expect.poll(() => heading(page).textContent()).toContain('Zwiebelmüller Nord')

    await page.keyboard.press('/')
    await page.getByText(t.palette_recent).waitFor()
    await expect.poll(() => chosen(page).textContent()).toContain('Zwiebelmüller Nord')
    // Enter at once, before anything can have been answered, opens what the answer brings first.
    await field(page, language).fill('quittenhof 3')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/demo/customers/${made['Quittenhof 3']}`)

    await page.keyboard.press('/')
    await field(page, language).fill('quitten')
    const all = t.palette_all_other.replace('{{count}}', '7').replace('{{text}}', 'quitten')
    await page.getByRole('option', { name: all }).click()
    await page.waitForURL('**/demo/customers?search=quitten')
    await expect.poll(() => page.locator('.k-table tbody tr.k-row').count()).toBe(7)

    await page.keyboard.press('/')
    await field(page, language).fill('xqxqxq')
    await expect.poll(() => says(page)).toBe(t.palette_none.replace('{{text}}', 'xqxqxq'))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)
})

test('on a small screen it is behind “More”', async () => {
  const t = shellTexts.en
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    width: 390,
    at: '/demo/customers',
  })
  await heading(page).waitFor()
  await page.getByRole('button', { name: t.more, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: t.search_or_do }).click()
  await field(page, 'en').fill('zwiebelmüller nord')
  await page.getByRole('option', { name: /Zwiebelmüller Nord/ }).click()
  await page.waitForURL(`**/demo/customers/${made['Zwiebelmüller Nord']}`)
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)

test('when the search fails the palette says so, and commands still work', async () => {
  const { page, context } = await openPage(browser, kontor, {
    language: 'en',
    at: '/demo/customers',
  })
  await heading(page).waitFor()
  await page.route('**/api/v1/search?*', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'server.mistake', title: 'Broken', status: 500 }),
    }),
  )
  await page.keyboard.press('Control+k')
  await field(page, 'en').fill('products')
  await expect.poll(() => says(page)).toContain(shellTexts.en.palette_failed)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/demo/products')
  await context.close()
}, 60_000)
