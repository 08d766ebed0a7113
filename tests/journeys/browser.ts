// A browser for the journeys: one Chromium per file, and every page watched for errors and foreign requests.
import { AxeBuilder } from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from 'playwright-core'
import { chromiumArguments, requireChromium } from '../../scripts/chromium.ts'

export type Language = 'en' | 'de'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments] })
}

export interface Watched {
  context: BrowserContext
  page: Page
  /** What went wrong so far: console errors, unhandled rejections, policy violations, foreign requests. */
  wrong: string[]
}

/** A fresh browser profile on the address with the key, in this language. */
export async function openPage(
  browser: Browser,
  kontor: { address: string; key: string },
  options: { language: Language; theme?: 'light' | 'dark'; width?: number },
): Promise<Watched> {
  const width = options.width ?? 1280
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: options.language === 'de' ? 'de-DE' : 'en-GB',
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const wrong: string[] = []
  watchTraffic(page)
  page.on('pageerror', (error) => wrong.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    // A refusal is an answer the screen shows; the browser logs its status all the same. And the
    // gallery shows what a broken part looks like.
    if (/A part of the gallery that always breaks/.test(message.text())) return
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      wrong.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(kontor.address) && !url.startsWith('data:') && !url.startsWith('blob:'))
      wrong.push(`foreign request: ${url}`)
  })
  await page.goto(`${kontor.address}/#key=${kontor.key}`)
  return { context, page, wrong }
}

/** How long a page is quiet before it is taken as settled. */
const quietMs = 200
const traffic = new WeakMap<Page, { open: Set<Request>; quietSince: number }>()

function watchTraffic(page: Page): void {
  const seen = { open: new Set<Request>(), quietSince: performance.now() }
  const ended = (request: Request) => {
    seen.open.delete(request)
    seen.quietSince = performance.now()
  }
  traffic.set(page, seen)
  page.on('request', (request) => seen.open.add(request))
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  // What the page before had asked for is of no interest any more.
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) seen.open.clear()
  })
}

/**
 * Waits until nothing is on its way any more. Playwright's own measure is half a second without a request, which on
 * two hundred pages is more than a minute of waiting for nothing.
 */
export async function settled(page: Page): Promise<void> {
  const seen = traffic.get(page)
  while (seen && (seen.open.size > 0 || performance.now() - seen.quietSince < quietMs))
    await new Promise((go) => setTimeout(go, 20))
}

/** Violations of WCAG 2.2 AA on the page as it stands, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  )
}
