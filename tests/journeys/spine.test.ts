// From the first start to the last undo, in English and in German: what a newcomer does on the first evening.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importsTexts } from '../../src/features/imports/texts.ts'
import { resultsTexts } from '../../src/features/results/texts.ts'
import { startTexts } from '../../src/features/team/texts-settings.ts'
import { type RunningKontor, startKontor } from '../kontor-process.ts'
import { type Language, openBrowser, openPage } from './browser.ts'
import { firm } from './firm.ts'

const world = firm()
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** Figures of the own organisation by the API: what the screens must agree with. */
async function revenue(kontor: RunningKontor): Promise<{ value?: number; currency?: string }> {
  const answer = await fetch(
    `${kontor.address}/api/v1/results?metric=revenue&from=2025-10-01&until=2026-01-01`,
    { headers: { 'kontor-key': kontor.key } },
  )
  const { rows } = (await answer.json()) as {
    rows: { revenue: { value?: number; currency?: string } }[]
  }
  return rows[0]?.revenue ?? {}
}

/** A whole amount as the language writes it, with any kind of space. */
function written(amount: number, language: Language): RegExp {
  const text = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB').format(amount)
  return new RegExp(text.replaceAll('.', '\\.'))
}

async function firstStart(page: Page, language: Language): Promise<void> {
  const t = startTexts[language]
  await page.getByRole('heading', { level: 1, name: t.title }).waitFor()
  await page.getByLabel(t.name, { exact: false }).first().fill('Hansa Tools')
  await page
    .getByLabel(t.currency, { exact: false })
    .first()
    .selectOption('USD')
    .catch(async () => {
      await page.getByRole('combobox', { name: t.currency }).fill('USD')
      await page.getByRole('option', { name: /USD/ }).first().click()
    })
  await page.getByRole('button', { name: t.begin }).click()
  await page.getByText(t.import_text).waitFor()
}

async function dropFiles(page: Page, address: string, language: Language): Promise<void> {
  const t = importsTexts[language]
  await page.goto(`${address}/own/imports`)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      world.files.map((file) => ({
        name: file.name,
        mimeType: 'text/csv',
        buffer: Buffer.from(file.text),
      })),
    )
  const all = page.getByRole('button', { name: t.queue_apply_other.replace('{{count}}', '4') })
  await all.waitFor({ timeout: 60_000 })
  await page.getByText(t.queue_aside_other.replace('{{count}}', String(world.badRows))).waitFor()
  await all.click()
  await page
    .getByRole('heading', { level: 1, name: t.queue_finding_done })
    .waitFor({ timeout: 60_000 })
}

async function askWhy(page: Page, language: Language, agent: string): Promise<void> {
  const t = resultsTexts[language]
  await page.getByRole('link', { name: agent }).first().click()
  await page.waitForURL(/\/own\/sellers\//)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const amount = written(world.revenueOf(agent), language)
  const figure = page.getByRole('button', { name: new RegExp(`^${t.metric_revenue}`) }).first()
  await figure.waitFor()
  await figure.click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('table').first().waitFor()
  await expect.poll(() => drawer.textContent()).toMatch(amount)
  await expect.poll(() => drawer.textContent()).toContain('sales_pipeline.csv')
  await drawer.getByRole('link', { name: t.show_all }).first().click()
  await page.waitForURL(/\/own\/rows/)
  await expect.poll(() => page.getByRole('table').count()).toBe(1)
}

async function takeAllBack(page: Page, address: string, language: Language): Promise<void> {
  const t = importsTexts[language]
  await page.goto(`${address}/own/imports`)
  // What came in last goes first, so that nothing is held by what still refers to it.
  for (const name of ['sales_pipeline.csv', 'products.csv', 'accounts.csv', 'sales_teams.csv']) {
    const button = page.getByRole('button', { name: t.undo_of.replace('{{name}}', name) })
    await button.click()
    await button.waitFor({ state: 'detached', timeout: 30_000 })
  }
}

describe.each(['en', 'de'] as const)('%s', (language) => {
  let kontor: RunningKontor
  beforeAll(async () => {
    kontor = await startKontor({ env: { LANG: language === 'de' ? 'de_DE.UTF-8' : 'en_GB.UTF-8' } })
  }, 60_000)
  afterAll(() => kontor.stop())

  test('first start → four files with bad rows → overview → seller → why → rows → undo → as before', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language })
    await firstStart(page, language)
    await dropFiles(page, kontor.address, language)
    expect(await revenue(kontor)).toMatchObject({
      value: world.revenueLastQuarter * 100,
      currency: 'USD',
    })

    await page.goto(`${kontor.address}/own/overview`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.locator('main').textContent()).toMatch(/2025/)
    await askWhy(page, language, 'Ada Brook')
    await takeAllBack(page, kontor.address, language)
    expect((await revenue(kontor)).value ?? 0).toBe(0)
    await page.goto(`${kontor.address}/own/overview`)
    await page.getByText(resultsTexts[language].nothing_yet, { exact: false }).first().waitFor()
    expect(wrong).toEqual([])
    await context.close()
  }, 240_000)
})
