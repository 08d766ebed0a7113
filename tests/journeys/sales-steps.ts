// What journeys of selling by hand have in common: the first start of one person, and quick entry.
import type { Page } from 'playwright-core'
import { boardTexts } from '../../src/features/deals/texts-board.ts'
import { startTexts } from '../../src/features/team/texts-settings.ts'
import type { RunningKontor } from '../kontor-process.ts'
import type { Language } from './browser.ts'

/** One person who sells alone; everything else stays as it is offered. */
export async function beginAlone(page: Page, language: Language): Promise<void> {
  const t = startTexts[language]
  await page.getByRole('heading', { level: 1, name: t.title }).waitFor()
  await page.getByLabel(t.name, { exact: false }).first().fill('Inga Petersen')
  await page.getByRole('button', { name: t.begin }).click()
  await page.getByText(t.import_text).waitFor()
}

export interface TypedDeal {
  customer: string
  product?: string
  amount: string
}

/** Types a deal into the open drawer by keyboard alone and sends it with Enter. */
export async function typeDeal(page: Page, language: Language, deal: TypedDeal): Promise<void> {
  const t = boardTexts[language]
  const drawer = page.getByRole('dialog', { name: t.quick_title })
  await drawer.getByLabel(t.customer).waitFor()
  const before = await drawer.locator('.quick-entered li').count()
  await page.keyboard.type(deal.customer)
  await page.keyboard.press('Tab')
  if (deal.product) await page.keyboard.type(deal.product)
  await page.keyboard.press('Tab')
  await page.keyboard.type(deal.amount)
  await page.keyboard.press('Enter')
  await drawer.locator('.quick-entered li').nth(before).waitFor()
}

/** The answer of a reading operation, as another program would get it. */
export async function ask<Answer>(kontor: RunningKontor, path: string): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    headers: { 'kontor-key': kontor.key },
  })
  return (await answer.json()) as Answer
}

/** Sends to the running server, past the screens. */
export async function tell<Answer>(
  kontor: RunningKontor,
  path: string,
  body: unknown,
): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Answer
}
