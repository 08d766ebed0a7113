// A number handed down to the cent by keyboard: divided, changed, the rest given away, released, undone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goalsTexts } from '../../src/features/goals/texts.ts'
import { quotaTexts } from '../../src/features/quota/texts.ts'
import { allocateTexts } from '../../src/features/quota/texts-allocate.ts'
import { resultsTexts } from '../../src/features/results/texts.ts'
import { positionTexts } from '../../src/features/team/texts-positions.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, openBrowser, openPage } from './browser.ts'
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

test('a position is added, filled, and carries a quota of a part of the revenue', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  const t = positionTexts.en
  await send('/products', { name: 'Crane 20', family: 'Cranes' })
  await page.goto(`${kontor.address}/own/teams`)
  await page.getByRole('button', { name: t.add }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel(t.name).fill('Area manager North')
  await page.keyboard.press('Control+Enter')
  await page.getByText('The position Area manager North is added.').waitFor()
  await page.getByText(t.vacant, { exact: true }).waitFor()
  await page.getByText('Area manager North', { exact: true }).click()
  await drawer.getByRole('button', { name: t.fill }).click()
  await drawer.getByRole('combobox', { name: t.who }).fill('Ben')
  await page.getByRole('option', { name: 'Ben' }).click()
  await drawer.getByLabel(t.from).fill('2026-01-01')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Ben holds the position Area manager North.').waitFor()
  expect(await axeFindings(page)).toEqual([])

  await goInside(page, '/own/quotas?set=1')
  const q = quotaTexts.en
  await drawer.getByRole('radio', { name: q.who_position }).check()
  await drawer.getByRole('combobox', { name: q.position }).selectOption({ index: 1 })
  await drawer.getByRole('button', { name: 'Filter' }).click()
  // Letters pressed in it are no shortcuts: nobody goes to the teams.
  for (const key of ['g', 't']) await page.keyboard.press(key)
  await page.getByRole('button', { name: resultsTexts.en.dimension_family }).click()
  await page.getByLabel('Cranes').check()
  expect(await axeFindings(page)).toEqual([])
  // Enter in its search sends nothing; Escape closes the list of cells and leaves the drawer with what is in it.
  await page.getByRole('searchbox').press('Enter')
  await page.getByLabel('Cranes').waitFor()
  await page.getByRole('searchbox').press('Escape')
  await page.getByLabel('Cranes').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: q.set_title }).waitFor()
  await drawer.getByLabel(q.amount).fill('5000')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText(/The quota of Area manager North for .* is set\./).waitFor()
  const { rows } = await ask<{ rows: object[] }>(kontor, '/quotas')
  expect(rows).toContainEqual(
    expect.objectContaining({
      holder: expect.objectContaining({ kind: 'position', name: 'Area manager North' }),
      where: { family: ['Cranes'] },
      amount: 500_000,
    }),
  )
  await goInside(page, '/own/quotas?by=position')
  // The seat, and below its name who holds it.
  await page.getByRole('row').filter({ hasText: 'Area manager North' }).getByText('Ben').waitFor()
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)

test('parts follow potential once there are enough to draw a line through', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, { language: 'en' })
  const t = allocateTexts.en
  const { rows } = await ask<{ rows: { id: string; outcome: string }[] }>(kontor, '/stages')
  const stageId = rows.find(({ outcome }) => outcome === 'won')?.id
  const team = await send('/teams', { name: 'South', kind: 'team' })
  const address = `${kontor.address}/own/quotas/allocate?team=${team.id}&period=2026-Q4&method=potential&driver=last-year&total=1000000`
  for (let i = 1; i <= 10; i++) {
    const seller = await send('/sellers', { name: `Seller ${i}`, teamId: team.id })
    for (const [closedOn, amount] of [
      ['2024-11-05', 1_000 * i],
      ['2025-11-05', 2_000 * i],
    ])
      await send('/deals', { seller: { id: seller.id }, stageId, closedOn, amount })
    if (i !== 9) continue
    await page.goto(address)
    await page.getByText('Not enough holders: 9 of 10', { exact: false }).waitFor()
  }
  await page.goto(address)
  await page.getByRole('heading', { name: 'it explains 100', exact: false }).waitFor()
  await page.getByText(t.fit_takes, { exact: false }).waitFor()
  await page.getByText(t.remainder_none).waitFor()
  expect(await axeFindings(page)).toEqual([])
  // The same numbers pasted by hand give the same parts.
  const part = page.getByLabel(t.part_of.replace('{{name}}', 'Seller 10'))
  const byLine = await part.inputValue()
  // What is pasted while the next plan is on its way stays.
  const pasted = Promise.withResolvers<void>()
  await page.route('**/quotas/plan?*', async (route) => {
    await pasted.promise
    await route.continue()
  })
  await page.getByRole('radio', { name: t.driver_own }).check()
  const numbers = Array.from({ length: 10 }, (_, i) => `Seller ${i + 1}\t${i + 1}`)
  await page.getByLabel(t.own_numbers).fill(numbers.join('\n'))
  pasted.resolve()
  await page.getByRole('button', { name: t.own_take }).click()
  await expect.poll(() => part.inputValue()).toBe(byLine)
  expect(await axeFindings(page)).toEqual([])
  expect(wrong).toEqual([])
  await context.close()
}, 60_000)

const focusedName = (page: Page) => page.locator(':focus').getAttribute('aria-label')
