// A browser for the journeys: one Chromium per file, and every page watched for errors and foreign requests.
import axe from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from 'playwright-core'
import { expect } from 'vitest'
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

/** A fresh browser profile with the key, in this language; at the start, or where `at` says. */
export async function openPage(
  browser: Browser,
  kontor: { address: string; key: string },
  options: { language: Language; theme?: 'light' | 'dark'; width?: number; at?: string },
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
  await page.goto(`${kontor.address}${options.at ?? '/'}#key=${kontor.key}`)
  return { context, page, wrong }
}

/** How long a page is quiet before it is taken as settled. */
const quietMs = 100
/** What has come in is taken in and drawn; what follows from it has been asked for. */
const idle = `new Promise((done) =>
  requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(() => done()))))`
const traffic = new WeakMap<Page, { open: Set<Request>; quietSince: number }>()

function watchTraffic(page: Page): void {
  const seen = { open: new Set<Request>(), quietSince: performance.now() }
  const ended = (request: Request) => {
    seen.open.delete(request)
    seen.quietSince = performance.now()
  }
  traffic.set(page, seen)
  page.on('request', (request) => {
    // What the page before had asked for is of no interest any more.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.open.clear()
    seen.open.add(request)
  })
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
}

/**
 * Waits until nothing is on its way any more, and the page has nothing left to do. Playwright's own measure is half a
 * second without a request, which on hundreds of pages is minutes of waiting for nothing.
 */
export async function settled(page: Page): Promise<void> {
  const seen = traffic.get(page)
  if (!seen) return
  const moving = () => seen.open.size > 0 || performance.now() - seen.quietSince < quietMs
  do {
    while (moving()) await new Promise((go) => setTimeout(go, 10))
    await page.evaluate(idle)
  } while (moving())
}

/** Where the router of the page has arrived; empty while it is under way. The router puts itself there for tools. */
const arrived = `(({ state, history }) =>
  state.status === 'idle' && state.resolvedLocation?.state.__TSR_key === history.location.state.__TSR_key
    ? history.location.pathname
    : '')(__TSR_ROUTER__)`

/**
 * Goes to another page inside the app, as a link does: only what that page needs is loaded. Neither to nor from an
 * address that leads on by itself, nor from a form that asks before it is left.
 */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate(`__TSR_ROUTER__.history.push(${JSON.stringify(path)})`)
  const { pathname } = new URL(path, page.url())
  await expect
    .poll(() => page.evaluate<string>(arrived), { interval: 10, message: `the way to ${path}` })
    .toBe(pathname)
}

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const look = `axe
  .run(document, { runOnly: ${JSON.stringify(standard)}, resultTypes: ['violations'] })
  .then(({ violations }) => violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(' | ')))`

/** Violations of WCAG 2.2 AA on the page as it stands, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // A frame would be a page of its own, into which nobody has looked.
  if (page.frames().length > 1) throw new Error('axe looks into the page itself and no frame of it')
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source)
  return page.evaluate<string[]>(look)
}
