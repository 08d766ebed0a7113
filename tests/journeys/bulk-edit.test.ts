// Many customers: a long list draws only what is seen, rows are chosen by keys, changed at once, and taken back.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customersTexts } from '../../src/features/customers/texts.ts'
import { moreTexts } from '../../src/features/customers/texts-more.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone } from './sales-steps.ts'

const customers = 900
let browser: Browser
let kontor: RunningKontor
beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

const t = partTexts.en
const c = customersTexts.en
const m = moreTexts.en
const rows = (page: Page) => page.locator('.k-table tbody tr.k-row')

/** In the page, as on a busy machine: what was so a frame ago is told together with what is so now. */
const hearLate = `
  const Watch = window.IntersectionObserver
  window.IntersectionObserver = class extends Watch {
    constructor(hear, how) {
      const before = (now) => now.map(({ target }) => ({ target, isIntersecting: false }))
      super((now, watch) => hear([...before(now), ...now], watch), how)
    }
  }`

async function importCustomers(page: Page): Promise<void> {
  const lines = Array.from(
    { length: customers },
    (_, i) => `Customer ${String(i).padStart(4, '0')},${i % 3 === 0 ? 'Austria' : 'Germany'}`,
  )
  const answer = await fetch(`${kontor.address}/api/v1/imports?fileName=c.csv&kind=customers`, {
    method: 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'own',
      'content-type': 'application/octet-stream',
    },
    body: `name,country\n${lines.join('\n')}\n`,
  })
  const { id } = (await answer.json()) as { id: string }
  await fetch(`${kontor.address}/api/v1/imports/${id}/application`, {
    method: 'POST',
    headers: { 'kontor-key': kontor.key, 'kontor-org': 'own' },
  })
  await page.goto(`${kontor.address}/own/imports/${id}`)
  await page.getByText(/900/).first().waitFor()
}

test('scroll, choose, change many, look first, and take it back', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  await beginAlone(page, 'en')
  await importCustomers(page)
  await expect
    .poll(
      async () =>
        (await ask<{ rows: { name: string }[] }>(kontor, '/customers?limit=1&search=customer')).rows
          .length,
    )
    .toBe(1)
  await page.addInitScript(hearLate)
  await page.goto(`${kontor.address}/own/customers`)
  await rows(page).first().waitFor()

  // The end of the list comes by scrolling alone, and the page never holds all of its rows.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End')
        return page.getByText('Customer 0899').count()
      },
      { timeout: 30_000 },
    )
    .toBe(1)
  expect(await rows(page).count()).toBeLessThan(200)
  await page.keyboard.press('Home')
  await page.getByText('Customer 0000').waitFor()

  // Three rows by j and x, with shift for the span.
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText(t.chosen_other.replace('{{count}}', '3')).waitFor()
  expect(await axeFindings(page)).toEqual([])

  await page.getByRole('button', { name: t.bulk_title }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel(t.bulk_field).selectOption('industry')
  await drawer.getByLabel(t.bulk_value).fill('Medical')
  await page.keyboard.press('Control+Enter')
  await drawer.getByText('3 of 3 change; 0 are so already.').waitFor()
  await drawer.getByRole('button', { name: t.bulk_apply_other.replace('{{count}}', '3') }).click()
  await page.getByText(t.bulk_done_other.replace('{{count}}', '3')).waitFor()
  const medical = async () =>
    (await ask<{ rows: { name: string }[] }>(kontor, '/customers?industry=Medical')).rows.map(
      ({ name }) => name,
    )
  expect(await medical()).toEqual(['Customer 0000', 'Customer 0001', 'Customer 0002'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(medical).toEqual([])

  // Tags for the same three, and back.
  await page.getByText('Customer 0000').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByRole('button', { name: m.tag_many, exact: true }).click()
  await drawer.getByLabel(m.tags_give).fill('fair 2026')
  await page.keyboard.press('Enter')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText(m.tagged_other.replace('{{count}}', '3')).waitFor()
  const tagged = async () =>
    (await ask<{ rows: unknown[] }>(kontor, '/customers?tag=fair%202026')).rows.length
  expect(await tagged()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(tagged).toBe(0)

  // All that fit a filter, also those that were never fetched.
  await goInside(page, '/own/customers?country=Austria')
  await rows(page).first().waitFor()
  await page.getByLabel(t.choose_shown).check()
  await page.getByRole('button', { name: /Choose all/ }).click()
  await page.getByRole('button', { name: t.bulk_title }).click()
  await drawer.getByLabel(t.bulk_field).selectOption('state')
  await drawer.getByLabel(t.bulk_value).selectOption('archived')
  await page.keyboard.press('Control+Enter')
  await drawer.getByRole('button', { name: t.bulk_apply_other.replace('{{count}}', '300') }).click()
  await page.getByText(c.nothing_for_filter).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await rows(page).first().waitFor()
  expect(wrong).toEqual([])
  await context.close()
}, 120_000)
