// Working days by keyboard: a country with its holidays, a day off entered and taken back, the same at 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calendarsTexts } from '../../src/features/calendars/texts.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { goInside, type Language, openBrowser, openPage } from './browser.ts'
import { ask, tell } from './sales-steps.ts'

let browser: Browser
let kontor: RunningKontor
beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared()
  const headers = { 'kontor-key': kontor.key, 'content-type': 'application/json' }
  const body = JSON.stringify({
    name: 'Hansa',
    personName: 'Inga Petersen',
    sellerIs: 'self',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'en',
  })
  await fetch(`${kontor.address}/api/v1/organisation/setup`, { method: 'POST', headers, body })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

const finding = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
const day = (page: Page, on: string) => page.locator(`[data-day="${on}"]`)

async function setCountry(page: Page, language: Language): Promise<void> {
  const t = calendarsTexts[language]
  await goInside(page, '/own/working-days?of=organisation&calendar=1')
  const drawer = page.getByRole('dialog')
  const country = drawer.getByRole('combobox', { name: t.country })
  const name = language === 'de' ? 'Deutschland' : 'Germany'
  await country.fill(name)
  // The countries come when the drawer is open; before that there is nothing to choose from.
  await page.getByRole('option', { name, exact: true }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await drawer.getByLabel(t.region, { exact: true }).selectOption('BY')
  // What it means is seen before it is saved.
  await drawer.getByText(language === 'de' ? 'Fronleichnam' : 'Corpus Christi').waitFor()
  await page.keyboard.press('Control+Enter')
  await drawer.waitFor({ state: 'detached' })
}

test('what opens with another calendar waits for its answer, never for the one before', async () => {
  const t = calendarsTexts.en
  const team = await tell<{ id: string }>(kontor, '/teams', { name: 'North', kind: 'team' })
  const off = await tell<{ id: string }>(kontor, '/calendar-exceptions', {
    teamId: team.id,
    kind: 'off',
    from: '2031-11-03',
    until: '2031-11-04',
    share: 1,
    reason: 'Fair',
  })
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    at: '/own/working-days?of=organisation&month=2031-11',
  })
  await day(page, '2031-11-03').waitFor()
  /** Goes on while the answer is held; nothing may be open before it is there. */
  const goHeld = async (path: string) => {
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route('**/calendars/days?*', async (route) => {
      asked.resolve()
      await answered.promise
      await route.continue()
    })
    await goInside(page, path)
    await asked.promise
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    answered.resolve()
    await page.unrouteAll({ behavior: 'wait' })
  }
  const ofTeam = `/own/working-days?of=team:${team.id}&month=2031-11`
  await goHeld(`${ofTeam}&off=${off.id}`)
  const drawer = page.getByRole('dialog', { name: t.off_edit_title })
  await drawer.getByText(t.off_note.replace('{{name}}', 'North')).waitFor()
  expect(await drawer.getByLabel(t.reason).inputValue()).toBe('Fair')
  const calendarOf = (name: string) =>
    page.getByRole('dialog', { name: t.calendar_title.replace('{{name}}', name) })
  await goInside(page, `${ofTeam}&calendar=1`)
  await calendarOf('North').waitFor()
  await goHeld('/own/working-days?of=organisation&month=2031-12&calendar=1')
  await calendarOf('Hansa').waitFor()
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)

test('another seller is chosen from a list that reaches over the edge of its layer', async () => {
  const t = calendarsTexts.en
  for (const name of ['Ana', 'Ben', 'Cleo', 'Dora']) await tell(kontor, '/sellers', { name })
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    width: 390,
    at: '/own/working-days?of=organisation',
  })
  await page.getByRole('button', { name: t.of_find_more }).click()
  await page.getByRole('combobox', { name: t.of_find }).click()
  const last = page.getByRole('option', { name: 'Dora' })
  await last.waitFor()
  // What lies at its middle is the option itself: it is neither cut off nor covered.
  const { x = 0, y = 0, width = 0, height = 0 } = (await last.boundingBox()) ?? {}
  const seen = `document.elementFromPoint(${x + width / 2}, ${y + height / 2})`
  expect(await page.evaluate(`${seen}?.closest('[role="option"]')?.textContent`)).toBe('Dora')
  await last.click()
  await page.getByRole('button', { name: 'Dora' }).waitFor()
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = calendarsTexts[language]

  test('a country, a day off by keyboard, taken back', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/own/working-days?month=2031-06',
    })
    await expect.poll(() => finding(page)).toMatch(/^21 /)
    await page.getByText(t.place_none).first().waitFor()
    await setCountry(page, language)

    await page.goto(`${kontor.address}/own/working-days?month=2031-06`)
    // Whit Monday on the 2nd and Corpus Christi on the 12th are gone.
    await expect.poll(() => finding(page)).toMatch(/^19 /)
    await day(page, '2031-06-01').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator(':focus').getAttribute('data-day')).toBe('2031-06-16')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: t.off_title })
    await drawer.getByLabel(t.last).fill('2031-06-18')
    await drawer.getByLabel(t.reason).fill('Sailing')
    await page.keyboard.press('Control+Enter')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => finding(page)).toMatch(/^16 /)
    expect(await day(page, '2031-06-17').getAttribute('aria-label')).toContain('Sailing')

    await page.getByRole('button', { name: /Undo|Rückgängig|Zurücknehmen/ }).click()
    await expect.poll(() => finding(page)).toMatch(/^19 /)
    // The month after is one key away, and the day with it.
    await day(page, '2031-06-16').focus()
    await page.keyboard.press('PageDown')
    await day(page, '2031-07-16').waitFor()
    await expect.poll(() => page.locator(':focus').getAttribute('data-day')).toBe('2031-07-16')

    const { rows } = await ask<{ rows: { id: string }[] }>(kontor, '/calendars')
    for (const { id } of rows)
      await fetch(`${kontor.address}/api/v1/calendars/${id}`, {
        method: 'DELETE',
        headers: { 'kontor-key': kontor.key },
      })
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('at 390 px by touch: half a day, changed, removed', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      width: 390,
      at: '/own/working-days?month=2031-09',
    })
    await expect.poll(() => finding(page)).toMatch(/^22 /)
    await day(page, '2031-09-10').click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(t.how_much).selectOption('0.5')
    await drawer.getByRole('button', { name: t.add }).click()
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => finding(page)).toMatch(/^21[.,]5 /)
    // The word of success stands where the form's buttons come to stand.
    await page.getByRole('button', { name: partTexts[language].close }).click()
    await day(page, '2031-09-10').click()
    await drawer.getByRole('button', { name: t.remove }).click()
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => finding(page)).toMatch(/^22 /)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)
})
