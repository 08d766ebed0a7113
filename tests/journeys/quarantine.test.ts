// Rows set aside come in after all: corrected by keyboard, answered once for all, pasted; mappings kept; undo with a choice.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importsTexts } from '../../src/features/imports/texts.ts'
import { quarantineTexts } from '../../src/features/imports/texts-quarantine.ts'
import { sourcesTexts } from '../../src/features/imports/texts-sources.ts'
import { partTexts } from '../../src/web/texts.ts'
import { bookOf, escapeXml, letters } from '../hostile/book.ts'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, goInside, type Language, openBrowser, openPage } from './browser.ts'
import { ask, beginAlone } from './sales-steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A sentence with its places filled in. */
const filled = (sentence: string, values: Record<string, string | number>) =>
  sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))

const header = 'number;customer;stage;closed on;amount'
const file = `${header}
1;Acme;Won;13.02.2026;10,00
2;Bolt;Won;2026-31-02;20,00
3;Cole;Won;soon;30,00
4;Dorn;Won;soon;40,00
5;Erle;Won;soon;50,00
6;Falk;Won;15.02.2026;sixty
`

/** Rows of a sheet, every cell as text. */
const sheet = (rows: readonly (readonly string[])[]) =>
  rows
    .map((cells, y) => {
      const written = cells.map(
        (cell, x) =>
          `<c r="${letters(x)}${y + 1}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`,
      )
      return `<row r="${y + 1}">${written.join('')}</row>`
    })
    .join('')

async function upload(page: Page, name: string, text: string | Buffer): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
}

/** The text of the row's cells after line and reason. */
const cellsOf = (page: Page, line: number) =>
  page.locator('.quarantine-grid tbody tr').nth(line).locator('td[aria-colindex]')

async function importNow(page: Page, language: Language, rows: number): Promise<void> {
  const t = importsTexts[language]
  const words = filled(rows === 1 ? t.apply_count_one : t.apply_count_other, { count: rows })
  await page.getByRole('button', { name: words }).click()
  await page.getByRole('button', { name: t.undo, exact: true }).waitFor()
}

describe.each(['en', 'de'] as const)('%s', (language) => {
  const t = importsTexts[language]
  const q = quarantineTexts[language]
  const s = sourcesTexts[language]
  let kontor: RunningKontor
  beforeAll(async () => {
    kontor = await startPrepared()
  }, 120_000)
  afterAll(() => kontor.stop())

  const deals = async () =>
    (await ask<{ rows: { externalId: string }[] }>(kontor, '/deals?limit=50')).rows.length

  test('wrong rows are corrected in the grid by keyboard alone and sent again; all of them come in', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language })
    await beginAlone(page, language)
    await page.goto(`${kontor.address}/own/imports`)
    await upload(page, 'deals.csv', file)
    await page.getByText(t.sum, { exact: true }).waitFor()
    await importNow(page, language, 1)
    expect(await deals()).toBe(1)
    const first = new URL(page.url()).pathname
    await page.getByRole('link', { name: s.to_quarantine }).click()
    await page
      .getByRole('heading', { level: 1, name: filled(q.finding_other, { count: 5, total: 5 }) })
      .waitFor()
    expect(await axeFindings(page)).toEqual([])

    // The first wrong cell is one Tab into the grid away; typing replaces it.
    await page.locator('.quarantine-grid [tabindex="0"]').focus()
    await page.keyboard.type('14.02.2026')
    await page.keyboard.press('Enter')
    expect(await cellsOf(page, 0).nth(3).textContent()).toBe('14.02.2026')
    // Enter has gone on to the next wrong cell; the same in all rows with this value.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('soon')
    await page.keyboard.press('F2')
    await page.keyboard.type('16.02.2026')
    await page.keyboard.press('Control+Enter')
    for (const row of [1, 2, 3])
      expect(await cellsOf(page, row).nth(3).textContent()).toBe('16.02.2026')
    // And on to the last: Escape leaves it as it was, F2 and Tab take what is typed.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('sixty')
    await page.keyboard.type('nothing')
    await page.keyboard.press('Escape')
    expect(await cellsOf(page, 4).nth(4).textContent()).toBe('sixty')
    await page.keyboard.press('F2')
    await page.keyboard.type('60,00')
    await page.keyboard.press('Tab')
    expect(await cellsOf(page, 4).nth(4).textContent()).toBe('60,00')
    await page.keyboard.press('Control+z')
    expect(await cellsOf(page, 4).nth(4).textContent()).toBe('sixty')
    await page.keyboard.press('Control+y')
    expect(await cellsOf(page, 4).nth(4).textContent()).toBe('60,00')
    expect(await axeFindings(page)).toEqual([])

    // Nothing is lost by looking elsewhere.
    await page.getByRole('link', { name: q.back }).click()
    await page.getByRole('link', { name: s.to_quarantine }).click()
    await page.locator('.quarantine-grid').waitFor()
    expect(await cellsOf(page, 0).nth(3).textContent()).toBe('14.02.2026')

    await page.getByRole('button', { name: filled(q.send_other, { count: 5 }) }).click()
    await page.getByText(s.corrects.split('{{file}}')[0]?.trim() ?? '').waitFor()
    await importNow(page, language, 5)
    expect(await deals()).toBe(6)

    // The first import says so, and each of its rows leads to the one that brought it.
    await goInside(page, `${first}/quarantine`)
    await page
      .getByRole('heading', { level: 1, name: filled(q.finding_done, { file: 'deals.csv' }) })
      .waitFor()
    await page.getByRole('radio', { name: q.shown_all, exact: true }).check()
    await expect.poll(() => page.locator('.quarantine-reason a').count()).toBe(5)
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('a block pasted into cells, chosen rows, and one row as a form on a small screen', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/own/imports',
    })
    await upload(page, 'more.csv', file.replaceAll(/^(\d)/gm, '1$1'))
    await page.getByRole('link', { name: s.to_quarantine }).click()
    await page.locator('.quarantine-grid').waitFor()
    await page.locator('.quarantine-grid [tabindex="0"]').focus()
    await page.evaluate(`
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', '17.02.2026\\t21,00\\n18.02.2026\\t31,00\\n')
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )`)
    expect(await cellsOf(page, 0).nth(4).textContent()).toBe('21,00')
    expect(await cellsOf(page, 1).nth(3).textContent()).toBe('18.02.2026')
    // Shift and Space choose the row; only what is chosen goes.
    await page.keyboard.press('Shift+Space')
    await page.getByRole('button', { name: q.send_chosen_one }).waitFor()

    await page.setViewportSize({ width: 390, height: 844 })
    const form = page.locator('.quarantine-form')
    await form.getByRole('heading', { name: filled(q.form_line, { line: 3 }) }).waitFor()
    expect(await form.getByLabel('closed on').inputValue()).toBe('17.02.2026')
    await form.getByRole('button', { name: q.form_next }).click()
    await form.getByRole('button', { name: q.form_next }).click()
    await form.getByLabel('closed on').fill('19.02.2026')
    await form.getByRole('button', { name: filled(q.form_all, { count: 3 }) }).click()
    await form.getByRole('button', { name: q.form_next }).click()
    expect(await form.getByLabel('closed on').inputValue()).toBe('19.02.2026')
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('rows pasted from a spreadsheet; the mapping is kept, and the next file is read by it', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/own/imports',
    })
    await page.getByRole('button', { name: s.paste_link }).click()
    const head = 'Beleg\tWer\tWann\tWieviel'
    await page.getByLabel(s.paste_field).fill(`${head}\n21\tAcme\t20.02.2026\t10,00`)
    await page
      .getByText(
        filled(s.paste_seen, {
          rows: filled(s.paste_rows_other, { count: 2 }),
          columns: filled(s.paste_columns_other, { count: 4 }),
        }),
      )
      .waitFor()
    await page.getByLabel(s.paste_kind).selectOption('orders')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: s.paste_go }).click()
    await page.waitForURL(/imports\/[0-9a-f-]{36}/)
    const choose = async (column: string, field: string) => {
      const choice = page.getByLabel(filled(t.field_of, { column }))
      await choice.selectOption(field)
      await expect.poll(() => choice.inputValue()).toBe(field)
    }
    await choose('Beleg', 'order_no')
    await choose('Wer', 'customer')
    await choose('Wann', 'ordered_on')
    await choose('Wieviel', 'amount')
    await page.getByRole('button', { name: s.keep }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(s.keep_name).fill('Shop')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText(filled(s.kept, { name: 'Shop' })).waitFor()

    await goInside(page, '/own/imports')
    await upload(page, 'next.csv', 'Wann;Beleg;Wer;Wieviel\n21.02.2026;22;Bolt;20,00\n')
    await page.getByText(filled(s.read_by, { name: 'Shop' })).waitFor()
    await importNow(page, language, 1)

    await page.goto(`${kontor.address}/own/imports/kept`)
    await page.getByRole('button', { name: filled(s.remove_of, { name: 'Shop' }) }).click()
    await page.getByText(s.mappings_none, { exact: true }).waitFor()
    await page.getByRole('button', { name: partTexts[language].undo }).click()
    await page.getByRole('button', { name: filled(s.remove_of, { name: 'Shop' }) }).waitFor()
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('of a workbook the sheet is chosen; one that cannot be read is refused in a sentence', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/own/imports',
    })
    const sheets = [
      {
        name: 'North',
        rows: sheet([
          ['name', 'country'],
          ['Nord & Co', 'Austria'],
        ]),
      },
      {
        name: 'South',
        rows: sheet([
          ['name', 'country'],
          ['Süd & Co', 'Italy'],
          ['West & Co', 'Italy'],
        ]),
      },
    ]
    await upload(page, 'book.xlsx', bookOf({ sheets }))
    await page.getByText(t.sum_asking).waitFor()
    await page.getByRole('radio', { name: 'South' }).check()
    await page.getByRole('button', { name: t.answer_one }).click()
    await page.getByRole('button', { name: filled(t.apply_count_other, { count: 2 }) }).waitFor()

    await goInside(page, '/own/imports')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'broken.xlsx',
        mimeType: 'application/octet-stream',
        buffer: bookOf({ sheets }).subarray(0, 300),
      })
    const refused = page.getByRole('alert')
    await refused.getByText(filled(t.upload_failed, { name: 'broken.xlsx' })).waitFor()
    await refused
      .getByText(language === 'de' ? /beschädigt|lesbar/ : /damaged|cannot be read/)
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)

  test('an import that was changed since is taken back as chosen', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, {
      language,
      at: '/own/imports',
    })
    await upload(page, 'customers.csv', 'name,country\nGrau & Co,Austria\nHell & Co,Austria\n')
    await importNow(page, language, 2)
    const found = await ask<{ rows: { id: string; version: number }[] }>(
      kontor,
      '/customers?search=Grau',
    )
    const changed = await fetch(`${kontor.address}/api/v1/customers/${found.rows[0]?.id}`, {
      method: 'PATCH',
      headers: { 'kontor-key': kontor.key, 'content-type': 'application/json' },
      body: JSON.stringify({ country: 'Germany' }),
    })
    expect(changed.status).toBe(200)
    await page.getByRole('button', { name: t.undo, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: t.changed_title })
    await dialog.getByText(t.changed_keep_means).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await dialog.getByText(t.changed_nothing, { exact: true }).click()
    await dialog.getByRole('button', { name: t.changed_leave }).click()
    await dialog.waitFor({ state: 'detached' })
    const names = async () =>
      (await ask<{ rows: { name: string }[] }>(kontor, '/customers?limit=200')).rows
        .map(({ name }) => name)
        .filter((name) => name.endsWith('& Co'))
    expect((await names()).sort()).toEqual(['Grau & Co', 'Hell & Co'])
    await page.getByRole('button', { name: t.undo, exact: true }).click()
    await dialog.getByRole('button', { name: t.changed_do }).click()
    await expect.poll(names).toEqual(['Grau & Co'])
    expect(wrong).toEqual([])
    await context.close()
  }, 120_000)
})
