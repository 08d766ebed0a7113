// A forecast without a mouse: read, asked why, kept by itself and taken back, a call made beside it, and graded once its months are over.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forecastTexts } from '../../src/features/forecast/texts.ts'
import { partTexts } from '../../src/web/texts.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, openBrowser, openPage, settled } from './browser.ts'

let browser: Browser
let kontor: RunningKontor
beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared({ demo: true })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

async function send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method,
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'demo',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await answer.json()) as Answer
}

/** Puts the focus on a button and presses Enter. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().focus()
  await page.keyboard.press('Enter')
}

const undoWords = { en: 'Undo', de: 'Rückgängig' } as const

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = forecastTexts[language]

  test('read, asked why, kept, taken back', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/overview',
    })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await page.getByRole('heading', { level: 2, name: t.periods }).waitFor()
    const { finding, rows } = await send<{
      finding: string
      rows: { period: string; mean: number }[]
    }>('GET', `/forecast?lang=${language}`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(finding)
    expect(rows).toHaveLength(6)

    // Why: the drawer opens from the number, and its address says so.
    await page.locator('.forecast-ask').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('.forecast-why').waitFor()
    expect(new URL(page.url()).searchParams.get('forecast-why')).toBe(rows[0]?.period)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.forecast-why').waitFor({ state: 'detached' })

    // Kept by itself; taken back it is not kept again but by a press, which can be undone.
    const kept = async () =>
      (await send<{ rows: { id: string }[] }>('GET', '/forecasts?metric=units')).rows
    const before = await kept()
    const horizon = language === 'de' ? 5 : 4
    const one = {
      ...{ metric: 'units', grain: 'month', horizon, asIf: false },
      scope: { kind: 'organisation', of: null },
    }
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (/\/forecasts?$/.test(pathname) && request.resourceType() === 'fetch')
        asked.push(`${request.method()} ${pathname}`)
    })
    await page.goto(`${kontor.address}/demo/forecast?metric=units&horizon=${horizon}`)
    await page.getByText(t.kept_on.split('{{')[0] ?? '').waitFor()
    await settled(page)
    // Made to be shown, and once more to be kept: what was kept is what is shown.
    expect(asked).toEqual(['GET /api/v1/forecast', 'POST /api/v1/forecasts'])
    const byItself = await kept()
    expect(byItself).toMatchObject([one, ...before])
    await page.reload()
    await page.getByText(t.kept_on.split('{{')[0] ?? '').waitFor()
    await settled(page)
    expect(await kept()).toEqual(byItself)
    const { rows: changes } = await send<{ rows: { id: string; operation: string }[] }>(
      'GET',
      '/changes?limit=20',
    )
    const change = changes.find(({ operation }) => operation === 'forecast.make')
    await send('POST', `/changes/${change?.id}/undo`, {})
    await page.reload()
    await page.getByRole('button', { name: t.keep }).waitFor()
    await settled(page)
    expect(await kept()).toEqual(before)
    await press(page, t.keep)
    await page.getByText(t.kept, { exact: true }).waitFor()
    const byPress = await kept()
    expect(byPress).toMatchObject([one, ...before])
    expect(byPress[0]?.id).not.toBe(byItself[0]?.id)
    await press(page, undoWords[language])
    await page.getByRole('button', { name: t.keep }).waitFor()
    expect(await kept()).toEqual(before)

    // Where it cannot be kept by itself the forecast is shown all the same, and a press keeps it.
    const problem = { code: 'request.invalid', detail: 'Not now.', status: 422 }
    await page.route('**/api/v1/forecasts', (route) =>
      route.fulfill({ status: 422, json: problem }),
    )
    await page.goto(`${kontor.address}/demo/forecast?metric=units&horizon=${horizon + 3}`)
    await page.getByText(t.not_kept).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.unroute('**/api/v1/forecasts')
    await press(page, t.keep_now)
    await page.getByText(t.kept_on.split('{{')[0] ?? '').waitFor()
    expect(await kept()).toMatchObject([{ ...one, horizon: horizon + 3 }, ...before])
    expect(wrong).toEqual([])
    await context.close()
  }, 90_000)

  test('a call beside it, and what was forecast held against what came', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/demo/forecast?horizon=3',
    })
    await page.getByText(t.calls_none).waitFor()
    await press(page, t.call_new)
    const commit = page.getByLabel(t.commit, { exact: true })
    await commit.waitFor()
    await commit.fill(language === 'de' ? '1.500.000' : '1,500,000')
    await page.keyboard.press('Control+Enter')
    const calls = page.getByRole('region', { name: t.calls, exact: true })
    await calls
      .getByRole('row')
      .filter({ hasText: /1[.,]50/ })
      .waitFor()
    const { rows } = await send<{ rows: { id: string; commit: number }[] }>(
      'GET',
      '/forecast/calls',
    )
    expect(rows.map((call) => call.commit)).toEqual([150_000_000])
    await send('DELETE', `/forecast/calls/${rows[0]?.id}`)

    await send('POST', '/forecasts', { today: '2026-05-01', horizon: 3 })
    await goInside(page, '/demo/forecast/grades')
    await page.getByRole('heading', { level: 2, name: t.graded }).waitFor()
    const grades = await send<{ finding: string; rows: unknown[] }>(
      'GET',
      `/forecast/grades?lang=${language}`,
    )
    expect(grades.rows).toHaveLength(3)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(grades.finding)
    // The same as a file.
    const file = await fetch(`${kontor.address}/api/v1/exports/forecast-grades?lang=${language}`, {
      headers: { 'kontor-key': kontor.key, 'kontor-org': 'demo' },
    })
    expect((await file.text()).trim().split('\r\n')).toHaveLength(1 + 3)
    await page.getByRole('button', { name: partTexts[language].export }).waitFor()
    const graded = page.getByRole('region', { name: t.graded, exact: true })
    expect(await graded.locator('tbody tr').count()).toBe(3)
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 90_000)
})
