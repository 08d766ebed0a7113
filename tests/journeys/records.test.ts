// A customer changed twice: the history tells it, one field of an earlier state comes back, and is taken back.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesTexts } from '../../src/features/cases/texts.ts'
import { customersTexts } from '../../src/features/customers/texts.ts'
import { restoreTexts } from '../../src/features/team/texts-history.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone, tell } from './sales-steps.ts'

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

test.each(['en', 'de'] as const)(
  'edit, look back, restore, undo (%s)',
  async (language) => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: language === 'en' ? '/' : '/own/customers',
    })
    const [c, r, parts] = [customersTexts[language], restoreTexts[language], partTexts[language]]
    if (language === 'en') await beginAlone(page, 'en')
    const name = `Acme ${language}`
    await goInside(page, '/own/customers?new=1')
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(c.name).fill(name)
    await drawer.getByLabel(c.city).fill('Ulm')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const now = async () => {
      const { city, employees } = await ask<{ city: string | null; employees: number | null }>(
        kontor,
        `/customers/${id}`,
      )
      return [city, employees]
    }

    await page.getByRole('button', { name: c.edit }).click()
    await drawer.getByLabel(c.city).fill('Bonn')
    await drawer.getByLabel(c.employees).fill('40')
    await page.keyboard.press('Control+Enter')
    await drawer.waitFor({ state: 'detached' })
    expect(await now()).toEqual(['Bonn', 40])

    const history = page.locator('.k-history')
    await expect.poll(() => history.locator('li').count()).toBe(2)
    expect(await history.locator('li').first().textContent()).toContain('Bonn')
    await history.getByRole('button', { name: parts.history_restore }).click()
    await drawer.getByRole('heading', { name: r.title }).waitFor()
    await drawer.getByLabel(c.employees).uncheck()
    expect(await axeFindings(page)).toEqual([])
    await drawer.getByRole('button', { name: r.restore_one.replace('{{count}}', '1') }).click()
    await page.getByText(r.done_one.replace('{{count}}', '1')).waitFor()
    expect(await now()).toEqual(['Ulm', 40])
    await expect.poll(() => history.locator('li').count()).toBe(3)
    expect(await axeFindings(page)).toEqual([])

    await page
      .locator('.k-toast', { hasText: r.done_one.replace('{{count}}', '1') })
      .getByRole('button', { name: parts.undo })
      .click()
    await expect.poll(now).toEqual(['Bonn', 40])
    expect(wrong).toEqual([])
    await context.close()
  },
  60_000,
)

test('a link to a record opens it though its list does not show it', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  const { id } = await tell<{ id: string }>(kontor, '/cases', {
    day: '2026-03-02',
    customer: { name: 'Acme' },
  })
  const drawer = page.getByRole('dialog')
  await page.goto(`${kontor.address}/own/cases?state=closed&open=${id}`)
  await drawer.getByRole('heading', { name: '2 March 2026' }).waitFor()
  expect(await drawer.getByLabel(casesTexts.en.customer).inputValue()).toBe('Acme')

  const unknown = '00000000-0000-7000-8000-000000000000'
  await goInside(page, `/own/cases?open=${unknown}`)
  await drawer.getByRole('alert').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(() => new URL(page.url()).searchParams.has('open')).toBe(false)
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)
