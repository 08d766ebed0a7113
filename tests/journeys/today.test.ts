// A morning by keyboard: the start page, a step planned, one done, one put off, each taken back; the feed; 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activitiesTexts } from '../../src/features/activities/texts.ts'
import { goalsTexts } from '../../src/features/goals/texts.ts'
import { startTexts } from '../../src/features/team/texts-settings.ts'
import { todayTexts } from '../../src/features/today/texts.ts'
import { partTexts, shellTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, type Language, openBrowser, openPage } from './browser.ts'
import { setDemoGoals } from './goals-steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const lines = (page: Page) => page.locator('[data-entry]')
const shown = (page: Page) => lines(page).locator('a').allTextContents()

describe.each(['en', 'de'] as const)('%s', (language: Language) => {
  const t = todayTexts[language]
  let kontor: RunningKontor
  const api = async <Answer>(path: string, body?: object, method = 'POST'): Promise<Answer> => {
    const answer = await fetch(`${kontor.address}/api/v1${path}`, {
      method: body ? method : 'GET',
      headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return (await answer.json()) as Answer
  }
  beforeAll(async () => {
    kontor = await startPrepared()
    await api('/organisation/setup', {
      name: 'Hansa',
      personName: 'Inga Petersen',
      sellerIs: 'self',
      zone: 'Europe/Berlin',
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: language,
    })
  }, 60_000)
  afterAll(() => kontor.stop())

  test('from nothing to a morning’s work', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language, at: '/own' })
    await page.getByRole('heading', { level: 1, name: t.finding_none }).waitFor()
    await page.getByText(t.empty, { exact: true }).waitFor()

    const { rows: stages } = await api<{ rows: { id: string; outcome: string }[] }>('/stages')
    const stageId = stages.find(({ outcome }) => outcome === 'open')?.id
    const { me } = await api<{ me: { seller: { id: string } } }>('/organisation')
    const seller = { id: me.seller.id }
    for (const [name, amount] of [
      ['Kiel Yards', 8_000_000],
      ['Nordlicht', 20_000_00],
    ] as const)
      await api('/deals', { customer: { name }, seller, stageId, openedOn: '2026-01-05', amount })
    await api('/activities', { kind: 'call', subject: 'Crane', dueOn: '2026-01-12', seller })

    await page.reload()
    await expect.poll(() => shown(page)).toHaveLength(3)
    const order = await shown(page)
    expect(order[0]).toContain('Crane')
    expect(order[1]).toContain('Kiel Yards')
    expect(order[2]).toContain('Nordlicht')
    await expect
      .poll(() => page.getByRole('heading', { level: 1 }).textContent())
      .toMatch(/^1 .*100[.,]000.EUR/)

    // The call is done by one key, and comes back by Undo.
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await expect.poll(() => shown(page)).toHaveLength(2)
    // The entry in its place takes the focus: the next key is for it.
    await expect.poll(() => page.locator(':focus').textContent()).toContain('Kiel Yards')
    await page.getByRole('button', { name: partTexts[language].undo }).click()
    await expect.poll(() => shown(page)).toHaveLength(3)

    // The keys of a pair are not those of the list: `g d` goes to the deals and does nothing.
    await lines(page).first().locator('a').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.waitForURL(/\/deals/)
    await lines(page).first().waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await expect.poll(() => shown(page)).toHaveLength(3)

    // A next step is planned by d and Ctrl Enter.
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    const drawer = page.getByRole('dialog', { name: activitiesTexts[language].plan_title })
    await drawer
      .getByLabel(activitiesTexts[language].due, { exact: false })
      .first()
      .fill('2031-03-03')
    await page.keyboard.press('Control+Enter')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => shown(page)).toHaveLength(2)

    // Put off by s, seen under its chip, shown again.
    await lines(page).nth(1).locator('a').focus()
    await page.keyboard.press('s')
    await expect.poll(() => shown(page)).toHaveLength(1)
    await page.locator('.k-chip button', { hasText: t.snoozed_chip }).click()
    await expect.poll(async () => (await shown(page))[0]).toContain('Nordlicht')
    await page.getByRole('button', { name: t.wake_of.split('{{')[0] ?? '' }).click()
    await page.getByText(t.empty_snoozed, { exact: true }).waitFor()
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('the address of the calendar is shown once and can be taken back; at 390 px', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      width: 390,
      at: '/own/today?feed=1',
    })
    const drawer = page.getByRole('dialog').first()
    await drawer.getByRole('button', { name: t.feed_make }).click()
    const address = await drawer.getByLabel(t.feed_address).inputValue()
    expect(await (await fetch(address)).text()).toContain('BEGIN:VCALENDAR')
    await page.reload()
    await drawer.getByRole('button', { name: t.feed_make_new }).waitFor()
    expect(await page.content()).not.toContain(address.slice(-20))
    await drawer.getByRole('button', { name: t.feed_revoke }).click()
    const asks = page.getByRole('dialog', { name: t.feed_revoke_title })
    await asks.getByRole('textbox').fill(t.feed)
    await asks.getByRole('button', { name: t.feed_revoke }).click()
    await expect.poll(async () => (await fetch(address)).status).toBe(404)
    await goInside(page, '/own/today')
    await lines(page).first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)
})

test('a goal at risk stands before everything that is due, and d opens its check-in', async () => {
  const kontor = await startPrepared({ demo: true })
  await setDemoGoals(kontor)
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    at: '/demo/today',
  })
  const first = page.getByRole('heading', { level: 2 }).first()
  await first.waitFor()
  expect(await first.textContent()).toBe(todayTexts.en.place_goal)
  expect((await shown(page))[0]).toMatch(/^Year of Jana Petersen: about \d in 10 to be reached$/)
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page
    .getByRole('dialog')
    .getByRole('heading', { name: goalsTexts.en.check_in_title })
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // To one's own, which nobody has set up yet, and back: the questions of the first start hold nobody.
  await page.getByRole('link', { name: shellTexts.en.to_own }).click()
  await page.getByRole('heading', { level: 1, name: startTexts.en.title }).waitFor()
  await page.goBack()
  await first.waitFor()
  expect(new URL(page.url()).pathname).toBe('/demo/today')
  expect(wrong).toEqual([])
  await context.close()
  await kontor.stop()
}, 60_000)
