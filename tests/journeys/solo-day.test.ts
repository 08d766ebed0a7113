// A day of somebody who sells alone and imports nothing: from the first start to revenue on the overview.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activitiesTexts } from '../../src/features/activities/texts.ts'
import { customersTexts } from '../../src/features/customers/texts.ts'
import { boardTexts } from '../../src/features/deals/texts-board.ts'
import { productsTexts } from '../../src/features/products/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { goInside, type Language, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone, typeDeal } from './sales-steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A record by its form, which opens on its list. */
async function add(page: Page, list: string, words: { name: string; add: string }) {
  await goInside(page, `/own/${list}?new=1`)
  const form = page.getByRole('dialog')
  await form.getByLabel(words.name, { exact: false }).first().fill(words.add)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: words.add }).waitFor()
}

async function noteCall(page: Page, language: Language): Promise<void> {
  const t = activitiesTexts[language]
  await page.getByRole('button', { name: t.log }).click()
  const drawer = page.getByRole('dialog', { name: t.log_title })
  await drawer.getByLabel(t.subject, { exact: true }).fill('Asked for the crane')
  await drawer.getByLabel(t.outcome).fill('Wants it in March')
  await page.keyboard.press('Control+Enter')
  await drawer.waitFor({ state: 'detached' })
  await page.locator('.activities').getByText('Wants it in March').waitFor()
}

async function planVisit(page: Page, language: Language): Promise<void> {
  const t = activitiesTexts[language]
  await page.getByRole('button', { name: t.plan, exact: true }).click()
  const drawer = page.getByRole('dialog', { name: t.plan_title })
  await drawer.getByLabel(t.subject, { exact: true }).fill('Show the crane')
  await drawer.getByLabel(t.kind, { exact: false }).selectOption('visit')
  await drawer.getByLabel(t.due, { exact: false }).first().fill('2031-03-03')
  await page.keyboard.press('Control+Enter')
  await drawer.waitFor({ state: 'detached' })
  await page.locator('.activities').getByText('Show the crane').waitFor()
}

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = boardTexts[language]
  let kontor: RunningKontor
  beforeAll(async () => {
    kontor = await startPrepared({ language })
  }, 60_000)
  afterAll(() => kontor.stop())

  test('product, customer, deal, call, next step, won, revenue', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language })
    await beginAlone(page, language)
    await add(page, 'products', {
      name: productsTexts[language].name,
      add: 'Crane',
    })
    await add(page, 'customers', {
      name: customersTexts[language].name,
      add: 'Nordlicht',
    })

    await page.keyboard.press('n')
    await typeDeal(page, language, { customer: 'Nordlicht', product: 'Crane', amount: '12500' })
    await page.getByRole('dialog').getByRole('link', { name: t.open_deal }).click()
    await page.getByRole('heading', { level: 2, name: t.timeline }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Nothing was made twice: the deal is with the customer and the product there were.
    const { rows: customers } = await ask<{ rows: object[] }>(kontor, '/customers')
    expect(customers.length).toBe(1)

    await noteCall(page, language)
    await planVisit(page, language)
    await goInside(page, '/own/deals/board')
    await page.getByText(/Show the crane/).waitFor()

    await page.getByRole('link', { name: 'Nordlicht' }).click()
    const { rows: stages } = await ask<{ rows: { name: string; outcome: string }[] }>(
      kontor,
      '/stages',
    )
    await page.getByRole('button', { name: t.move, exact: true }).click()
    const won = stages.find((stage) => stage.outcome === 'won')?.name ?? ''
    await page.getByRole('menuitem', { name: won }).click()
    const sale = t.event_sale.replace('{{amount}}', '')
    await page.locator('.timeline').getByText(sale, { exact: false }).first().waitFor()

    await goInside(page, '/own/overview')
    const amount = language === 'de' ? /12\.500/ : /12,500/
    await expect.poll(() => page.locator('main').textContent(), { timeout: 10_000 }).toMatch(amount)
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)
})
