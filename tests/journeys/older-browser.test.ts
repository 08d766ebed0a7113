// A browser that knows no Temporal yet: pages that reckon with days stand all the same.
import { expect, test } from 'vitest'
import { exploreTexts } from '../../src/features/results/texts-explore.ts'
import { shellTexts } from '../../src/web/texts.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { openBrowser, openPage, settled } from './browser.ts'

test('pages that reckon with days stand without Temporal in the browser', async () => {
  const browser = await openBrowser()
  const kontor = await startPrepared({ demo: true })
  const { page, wrong } = await openPage(browser, kontor, { language: 'en' })
  await page.addInitScript('delete globalThis.Temporal')
  await page.goto(`${kontor.address}/demo/explore?by=month`)
  await page.getByRole('button', { name: new RegExp(`^${exploreTexts.en.metrics}`) }).waitFor()
  await page.goto(`${kontor.address}/demo/goals?goal_new=1`)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).waitFor()
  await settled(page)
  expect(wrong).toEqual([])
  // Where not even what stands in for it comes, the page says so instead of staying empty.
  await page.route('**/assets/global.esm-*.js', (route) => route.abort())
  await page.reload()
  await page.getByRole('alert').getByText(shellTexts.en.no_start).waitFor()
  await browser.close()
  await kontor.stop()
}, 60_000)
