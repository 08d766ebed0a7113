// A goal set through its help: sales come in and the chance moves, it is reached once, and re-opened when an import is undone;
// then on paper, restored from its history, found by name, taken away and back.
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goalsTexts } from '../../src/features/goals/texts.ts'
import { restoreTexts } from '../../src/features/team/texts-history.ts'
import { partTexts, shellTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'

import { axeFindings, openBrowser, openPage } from './browser.ts'
import { beginAlone } from './sales-steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A day so many days from today, in the zone of the organisation. */
const { Now } = Temporal
const dayFrom = (days: number) => Now.plainDateISO('Europe/Berlin').add({ days }).toString()

interface Sale {
  number: string
  day: string
  amount: number
}

async function importSales(kontor: RunningKontor, sales: readonly Sale[]): Promise<string> {
  const send = async (path: string, type: string, body: string) => {
    const headers = { 'kontor-key': kontor.key, 'content-type': type }
    const answer = await fetch(`${kontor.address}/api/v1${path}`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as { id: string }
  }
  const rows = sales.map(
    ({ number, day, amount }) =>
      `${number},Inga Petersen,Nordlicht GmbH,Won,2025-01-02,${day},${amount}.00`,
  )
  const head = 'number,seller,customer,stage,opened on,closed on,amount'
  const { id } = await send(
    '/imports?fileName=sales.csv&kind=deals',
    'application/octet-stream',
    `${[head, ...rows].join('\n')}\n`,
  )
  await send(`/imports/${id}/application`, 'application/json', '{}')
  await expect
    .poll(
      async () => {
        const headers = { 'kontor-key': kontor.key }
        const batch = await fetch(`${kontor.address}/api/v1/imports/${id}`, { headers })
        return ((await batch.json()) as { state: string }).state
      },
      { timeout: 20_000 },
    )
    .toBe('applied')
  return id
}

/** Changes a goal that the address shows, as another window would. */
async function rename(page: Page, kontor: RunningKontor, name: string): Promise<void> {
  const id = /goals\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  const answer = await fetch(`${kontor.address}/api/v1/goals/${id}`, {
    method: 'PATCH',
    headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  expect(answer.ok).toBe(true)
}

/** One sheet of A4, with the goal's name on it and nothing to press. */
async function printed(page: Page): Promise<void> {
  await page.locator('.k-chart-drawing svg').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.goals-sheet-name').textContent()).toBe('Two good months')
  expect(await page.locator('.goals-sheet-boxes > div').filter({ visible: true }).count()).toBe(3)
  const pressed = page.locator('.k-main').getByRole('button').filter({ visible: true })
  expect(await pressed.count()).toBe(0)
  await page.emulateMedia({ media: null })
  expect(await page.locator('.goals-sheet').filter({ visible: true }).count()).toBe(0)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/)
}

/** Another name, seen in the history and taken back from there. */
async function restored(page: Page, kontor: RunningKontor, language: 'en' | 'de'): Promise<void> {
  const t = goalsTexts[language]
  await rename(page, kontor, 'Another name')
  await page.reload()
  await page.locator('.k-note').getByText('Another name', { exact: false }).waitFor()
  await page.getByRole('button', { name: t.more, exact: true }).click()
  await page.getByRole('menuitem', { name: t.history, exact: true }).click()
  const drawer = page.getByRole('dialog')
  await drawer.locator('.k-history li').nth(1).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await drawer
    .getByRole('button', { name: partTexts[language].history_restore, exact: true })
    .last()
    .click()
  const restore = restoreTexts[language].restore_one.replace('{{count}}', '1')
  await drawer.getByRole('button', { name: restore }).click()
  await page.locator('.k-note').getByText('Two good months', { exact: false }).waitFor()
}

/** Found by name in the palette; in the list as a file; taken away and back again. */
async function foundAndTaken(
  page: Page,
  kontor: RunningKontor,
  language: 'en' | 'de',
): Promise<void> {
  const t = goalsTexts[language]
  await page.goto(`${kontor.address}/own/goals`)
  await page.getByRole('link', { name: /Two good months/ }).waitFor()
  await page.getByRole('button', { name: partTexts[language].export, exact: true }).click()
  const csv = page.getByRole('menuitem', { name: partTexts[language].export_csv, exact: true })
  const [download] = await Promise.all([page.waitForEvent('download'), csv.click()])
  const file = await readFile(await download.path(), 'utf8')
  expect(file.split('\r\n')).toHaveLength(3)
  expect(file).toContain('Two good months')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: shellTexts[language].palette }).fill('good mon')
  await page.getByRole('option', { name: /Two good months/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/goals\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: t.more, exact: true }).click()
  await page.getByRole('menuitem', { name: t.remove, exact: true }).click()
  await page.waitForURL(/own\/goals$/)
  await page.getByText(t.nothing, { exact: true }).waitFor()
  await page.getByRole('button', { name: partTexts[language].undo, exact: true }).click()
  await page.getByRole('link', { name: /Two good months/ }).waitFor()
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = goalsTexts[language]
  let kontor: RunningKontor
  beforeAll(async () => {
    kontor = await startPrepared({ language })
  }, 60_000)
  afterAll(() => kontor.stop())

  test('from the help to the stamp and back', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language })
    await beginAlone(page, language)
    // Half a year of sales: something every third day, 400 to 900 in the base currency.
    const past = Array.from({ length: 60 }, (_, i) => ({
      number: `P-${i}`,
      day: dayFrom(-3 * i - 1),
      amount: 400 + ((i * 37) % 500),
    }))
    await importSales(kontor, past)

    // The goal: thirty days on either side of today, with the target that the help calls ambitious.
    await page.goto(`${kontor.address}/own/goals?goal_new=1`)
    const form = page.getByRole('dialog', { name: t.form_new })
    await form.getByLabel(t.name, { exact: false }).first().fill('Two good months')
    await form.getByLabel(t.period, { exact: false }).selectOption('own_period')
    await form.getByLabel(t.from, { exact: false }).first().fill(dayFrom(-30))
    await form.getByLabel(t.until, { exact: false }).first().fill(dayFrom(30))
    await form.getByRole('button', { name: new RegExp(`^${t.proposal_stretch}`) }).click()
    await form.getByText(t.help_chance.split('{{')[0] ?? '', { exact: false }).waitFor()
    await form.getByRole('button', { name: t.split }).click()
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/goals\/[0-9a-f-]{36}/)
    await page.getByRole('heading', { name: t.milestones }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const before = await heading(page)

    // More sales: value and chance move, milestones are reached.
    const more = await importSales(kontor, [
      { number: 'M-1', day: dayFrom(-2), amount: 3_000 },
      { number: 'M-2', day: dayFrom(-1), amount: 2_000 },
    ])
    await page.reload()
    await expect.poll(() => heading(page)).not.toBe(before)
    await page.locator('.goals-milestones li[data-reached]').first().waitFor()

    // Enough for the goal: the stamp is printed once.
    const plenty = await importSales(kontor, [{ number: 'L-1', day: dayFrom(-1), amount: 50_000 }])
    await page.reload()
    await page.locator('.goals-stamp[data-printing]').waitFor()
    expect(await page.locator('.goals-stamp').textContent()).toContain(t.reached_stamp)
    await page.waitForLoadState('networkidle')
    await page.reload()
    await page.locator('.goals-stamp').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.goals-stamp[data-printing]').count()).toBe(0)

    // The import is taken back: open again, with a note.
    for (const id of [plenty, more]) {
      const undone = await fetch(`${kontor.address}/api/v1/imports/${id}/undo`, {
        method: 'POST',
        headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
        body: '{}',
      })
      expect(undone.ok).toBe(true)
    }
    await page.reload()
    const note = t.reopened.split('{{')[0] ?? ''
    await page.locator('.goals-turn').getByText(note, { exact: false }).waitFor()
    await expect.poll(() => heading(page)).toBe(before)

    // What if, for all goals of the board: more talks make it likelier, and back is where it was.
    await page.goto(`${kontor.address}/own/goals/board`)
    await page.getByRole('button', { name: t.what_if }).click()
    const talks = page.getByRole('slider', { name: t.screw_talks })
    await talks.focus()
    await page.keyboard.press('End')
    const then = page.locator('.goals-small-then')
    expect(await then.textContent()).toContain(t.what_if_then.split('{{')[0] ?? '')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: t.reset }).click()
    await then.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Two good months' }).click()
    await expect.poll(() => heading(page)).toBe(before)

    // The check-in, by keyboard alone.
    await page.getByRole('button', { name: t.check_in }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel(t.moved).waitFor()
    await page.keyboard.type('Two talks')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Send the offer')
    await page.keyboard.press('Control+Enter')
    await page.locator('.goals-check-ins').getByText('Send the offer').waitFor()

    await printed(page)
    await restored(page, kontor, language)
    await foundAndTaken(page, kontor, language)
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)
})
