// The board without a mouse: deals entered one after the other, one of them moved, and moved back.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dealsTexts } from '../../src/features/deals/texts.ts'
import { boardTexts } from '../../src/features/deals/texts-board.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, type Language, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone, typeDeal } from './sales-steps.ts'

interface Board {
  stages: { stage: { name: string }; count: number; amount: number }[]
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** Number and sum of each stage, by the API: what the columns must agree with. */
async function counted(kontor: RunningKontor): Promise<[number, number][]> {
  const { stages } = await ask<Board>(kontor, '/deals/board')
  return stages.slice(0, 3).map((one) => [one.count, one.amount])
}

async function enterThree(page: Page, language: Language): Promise<void> {
  await page.keyboard.press('n')
  await typeDeal(page, language, { customer: 'Nordlicht', product: 'Crane', amount: '1200' })
  await typeDeal(page, language, { customer: 'Kiel Yards', amount: '800' })
  await typeDeal(page, language, { customer: 'Nordlicht', product: 'Winch', amount: '50' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** The link that has the focus; empty where it is elsewhere. */
const focused = (page: Page) =>
  page.evaluate<string>("document.querySelector('a:focus')?.textContent ?? ''")

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = boardTexts[language]
  let kontor: RunningKontor
  beforeAll(async () => {
    kontor = await startPrepared({ language })
  }, 60_000)
  afterAll(() => kontor.stop())

  test('three deals by keyboard; one is lifted, moved, and taken back', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language })
    await beginAlone(page, language)
    await goInside(page, '/own/deals/board')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await enterThree(page, language)
    expect(await counted(kontor)).toEqual([
      [3, 205_000],
      [0, 0],
      [0, 0],
    ])

    const stages = await page.locator('.board-column h2').allTextContents()
    const second = page.getByRole('region', { name: stages[1] ?? '' })
    const deal = page.getByRole('link', { name: 'Kiel Yards' })
    await deal.focus()
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Escape')
    await expect
      .poll(() => page.locator('.board-frame [role=status]').textContent())
      .toBe(t.left.replace('{{customer}}', 'Kiel Yards').replace('{{stage}}', stages[0] ?? ''))
    expect((await counted(kontor))[1]).toEqual([0, 0])

    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await second.getByRole('link', { name: 'Kiel Yards' }).waitFor()
    await expect
      .poll(() => page.locator('.board-frame [role=status]').textContent())
      .toBe(t.moved.replace('{{customer}}', 'Kiel Yards').replace('{{stage}}', stages[1] ?? ''))
    expect(await counted(kontor)).toEqual([
      [2, 125_000],
      [1, 80_000],
      [0, 0],
    ])
    // The focus went along, and arrows go on from there.
    await expect.poll(() => focused(page)).toBe('Kiel Yards')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => focused(page)).toBe('Nordlicht')

    await page.getByRole('button', { name: partTexts[language].undo }).last().click()
    await second.getByText(t.none_here).waitFor()
    expect((await counted(kontor))[0]).toEqual([3, 205_000])
    await deal.dragTo(page.getByRole('region', { name: stages[2] ?? '' }))
    await page
      .getByRole('region', { name: stages[2] ?? '' })
      .getByRole('link')
      .waitFor()
    expect((await counted(kontor))[2]).toEqual([1, 80_000])
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('one column at a time on a small screen, and quick entry there', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      width: 390,
      at: '/own/deals/board',
    })
    await page.getByRole('link', { name: 'Nordlicht' }).first().waitFor()
    expect(await page.locator('.board-column').count()).toBe(1)
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(390)
    await page.getByRole('radio').last().check({ force: true })
    await page.getByRole('link', { name: 'Kiel Yards' }).waitFor()
    await page.getByRole('button', { name: dealsTexts[language].add }).click()
    await typeDeal(page, language, { customer: 'Bremen Docks', amount: '10' })
    expect((await counted(kontor))[0]).toEqual([3, 126_000])
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)
})
