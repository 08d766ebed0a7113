// A number handed down to the cent by keyboard: divided, changed, the rest given away, released, undone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goalsTexts } from '../../src/features/goals/texts.ts'
import { quotaTexts } from '../../src/features/quota/texts.ts'
import { allocateTexts } from '../../src/features/quota/texts-allocate.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone } from './sales-steps.ts'

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

interface Quotas {
  rows: { holder: { name: string }; amount: number; period: { id: string }; state: string }[]
}
const amounts = async () =>
  Object.fromEntries(
    (await ask<Quotas>(kontor, '/quotas')).rows.map(({ holder, amount }) => [holder.name, amount]),
  )

async function send(path: string, body: object): Promise<{ id: string }> {
  const headers = {
    'kontor-key': kontor.key,
    'kontor-org': 'own',
    'content-type': 'application/json',
  }
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as { id: string }
}

test('a number divides among a team to the cent, is released and taken back', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  const t = allocateTexts.en
  await beginAlone(page, 'en')
  const team = await send('/teams', { name: 'North', kind: 'team' })
  for (const name of ['Ana', 'Ben', 'Cleo']) await send('/sellers', { name, teamId: team.id })

  await page.goto(`${kontor.address}/own/quotas`)
  await page.getByRole('heading', { name: quotaTexts.en.finding_none }).waitFor()
  await page.getByRole('button', { name: quotaTexts.en.allocate }).click()
  await page.getByLabel(t.team, { exact: true }).selectOption({ label: 'North' })
  await page.getByLabel(t.total, { exact: true }).fill('1000')
  const part = (name: string) => page.getByLabel(t.part_of.replace('{{name}}', name))
  await expect.poll(() => part('Ana').inputValue()).toBe('333.34')
  expect(await part('Cleo').inputValue()).toBe('333.33')

  // By keyboard: a part by hand, the next one, and the rest to the last.
  await part('Ana').focus()
  await page.keyboard.type('400.01')
  await page.keyboard.press('Enter')
  expect(await focusedName(page)).toBe('Part of Ben')
  const release = page.getByRole('button', { name: t.release, exact: true })
  await page
    .locator('.quota-rest')
    .getByText(/^−66\.67/)
    .waitFor()
  expect(await release.isDisabled()).toBe(true)
  await page.keyboard.press('ArrowDown')
  expect(await focusedName(page)).toBe('Part of Cleo')
  await page.keyboard.press('Alt+r')
  await expect.poll(() => part('Cleo').inputValue()).toBe('266.66')
  await page.getByText(t.remainder_none).waitFor()
  expect(await axeFindings(page)).toEqual([])

  await release.click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('4 new, 0 changed, 0 as they are.', { exact: false }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.type('Plan of the board')
  await page.keyboard.press('Control+Enter')
  await page.getByText('4 quotas are released.').waitFor()
  expect(await amounts()).toEqual({ Ana: 40_001, Ben: 33_333, Cleo: 26_666, North: 100_000 })
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'quota' }).waitFor()
  await page.getByText('Cleo', { exact: true }).waitFor()

  await page.getByRole('button', { name: partTexts.en.undo }).click()
  await expect.poll(amounts).toEqual({})
  expect(wrong).toEqual([])
  await context.close()
})

test('a quota is set as a goal, with all that it says', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  const { id } = await send('/quotas', { seller: 'Ana', period: '2027-Q1', amount: 123_456 })
  await page.goto(`${kontor.address}/own/quotas?quota=${id}`)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: quotaTexts.en.as_goal }).click()
  await drawer.getByRole('heading', { name: goalsTexts.en.form_new }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText(goalsTexts.en.added).waitFor()
  const { rows } = await ask<{ rows: object[] }>(kontor, '/goals')
  expect(rows).toMatchObject([
    {
      name: 'Quota of Ana, Q1 2027',
      metric: 'revenue',
      target: 123_456,
      from: '2027-01-01',
      until: '2027-04-01',
      seller: { name: 'Ana' },
    },
  ])
  expect(wrong).toEqual([])
  await context.close()
})

const focusedName = (page: Page) => page.locator(':focus').getAttribute('aria-label')
