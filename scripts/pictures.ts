// `npm run pictures`: every page at 390 and 1440 px, in both languages and themes, with an index page.
// `npm run pictures -- --manual`: those the manual shows, into its folder.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { setDemoGoals } from '../tests/journeys/goals-steps.ts'
import { setDemoPositions } from '../tests/journeys/positions-steps.ts'
import { startKontor } from '../tests/kontor-process.ts'
import { chromiumArguments, requireChromium } from './chromium.ts'

const forManual = process.argv.includes('--manual')
const folder = join(import.meta.dirname, forManual ? '../docs/manual/pictures' : '../pictures')
const widths = forManual ? ([1040] as const) : ([390, 1440] as const)
const languages = ['en', 'de'] as const
const themes = forManual ? (['light'] as const) : (['light', 'dark'] as const)
const inManual = [
  'overview',
  'deals-board',
  'customers-chosen',
  'import',
  'import-quarantine',
  'quality',
  'merge',
  'product-card',
  'quotas',
  'quotas-allocate',
]
/** The demo world is always the same on the same day. */
const today = '2026-11-25'

interface Shot {
  name: string
  path: string
  /** Done on the page before the picture is taken. */
  before?: (page: Page) => Promise<void>
}

/** Answers the first start and leaves one import waiting, with a row set aside and a similar name. */
async function fillOwn(address: string, key: string): Promise<string> {
  const send = async (path: string, type: string, body: string) => {
    const headers = { 'kontor-key': key, 'kontor-org': 'own', 'content-type': type }
    const answer = await fetch(`${address}/api/v1${path}`, { method: 'POST', headers, body })
    return (await answer.json()) as { id: string }
  }
  const answers = {
    name: 'Hansa Tools',
    personName: 'Inga Petersen',
    sellerIs: 'self',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'en',
  }
  await send('/organisation/setup', 'application/json', JSON.stringify(answers))
  const rows = [
    'number,seller,customer,product,stage,opened on,closed on,amount,currency',
    'A-1,Inga Petersen,Nordlicht GmbH,Crane 20,Won,2026-01-05,2026-02-10,12500.00,EUR',
    'A-2,Inga Petersen,Nordlicht Gmbh,Crane20,Won,2026-03-01,2026-04-02,8300.00,EUR',
    'A-3,Inga Petersen,Kiel Yards,Crane 20,Lost,2026-03-01,2026-02-30,100.00,EUR',
    'A-4,Inga Petersen,Ostsee Werft,Crane 20,Won,2026-03-01,2026-02-30,4100.00,EUR',
    'A-5,Inga Petersen,Ostsee Werft,Crane 20,Won,2026-03-01,2026-03-20,about 900,EUR',
  ]
  const batch = await send(
    '/imports?fileName=deals.csv',
    'application/octet-stream',
    `${rows.join('\n')}\n`,
  )
  return batch.id
}

/** A forecast made looking back, with a call beside it, so that there is something to grade. */
async function keptForecast(address: string, key: string): Promise<void> {
  const send = (method: string, path: string, body: object) =>
    fetch(`${address}/api/v1${path}`, {
      method,
      headers: { 'kontor-key': key, 'kontor-org': 'demo', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await send('POST', '/forecasts', { today: '2026-05-01' })
  await send('PUT', '/forecast/calls', {
    period: '2026-09',
    commit: 120_000_000,
    best: 150_000_000,
  })
  await send('PUT', '/forecast/calls', {
    period: '2026-12',
    commit: 170_000_000,
    best: 210_000_000,
  })
}

const firstShots: readonly Shot[] = [{ name: 'first-start', path: '/own/start' }]

async function shots(address: string, key: string, batch: string): Promise<Shot[]> {
  const first = async (path: string) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      headers: { 'kontor-key': key, 'kontor-org': 'demo' },
    })
    const { rows } = (await answer.json()) as { rows: { id: string }[] }
    return rows[0]?.id ?? ''
  }
  const [seller, team, customer, product, deal, quota] = await Promise.all([
    first('/sellers'),
    first('/teams'),
    first('/customers'),
    first('/products'),
    first('/deals'),
    first('/quotas?state=approved'),
  ])
  const why = encodeURIComponent('win-rate|{}|2026-Q3')
  const goals = await setDemoGoals({ address, key })
  const positions = await setDemoPositions({ address, key })
  await keptForecast(address, key)
  return [
    { name: 'today', path: '/demo/today' },
    { name: 'today-feed', path: '/demo/today?feed=1' },
    { name: 'today-empty', path: '/own/today' },
    { name: 'overview', path: '/demo/overview' },
    { name: 'overview-why', path: `/demo/overview?why=${why}` },
    { name: 'overview-empty', path: '/own/overview' },
    { name: 'rows', path: '/demo/rows?metric=revenue&period=2026-Q3' },
    {
      name: 'explore-table',
      path: '/demo/explore?metric=revenue,win-rate&by=team&compare=previous',
    },
    { name: 'explore-cross', path: '/demo/explore?metric=win-rate&by=seller,month&period=2026' },
    { name: 'explore-bars', path: '/demo/explore?metric=win-rate&by=seller&form=bars' },
    { name: 'explore-lines', path: '/demo/explore?by=month,team&form=line&period=2026' },
    { name: 'explore-funnel', path: '/demo/explore?form=funnel&period=2026-Q3' },
    { name: 'explore-cohorts', path: '/demo/explore?form=cohorts&grain=quarter' },
    { name: 'forecast', path: '/demo/forecast' },
    { name: 'forecast-why', path: '/demo/forecast?forecast-why=2027-01' },
    { name: 'forecast-call', path: '/demo/forecast?call=new' },
    { name: 'forecast-empty', path: '/own/forecast' },
    { name: 'forecast-grades', path: '/demo/forecast/grades' },
    { name: 'explore-views', path: '/demo/explore?by=team&views=1' },
    { name: 'sellers', path: '/demo/sellers' },
    { name: 'seller', path: `/demo/sellers/${seller}` },
    { name: 'teams', path: '/demo/teams' },
    { name: 'team', path: `/demo/teams/${team}` },
    { name: 'deals', path: '/demo/deals' },
    { name: 'deal', path: `/demo/deals/${deal}` },
    { name: 'deal-new', path: '/demo/deals?new=1' },
    { name: 'deals-board', path: '/demo/deals/board' },
    { name: 'deal-quick', path: '/demo/deals/board?deal_new=1' },
    { name: 'deal-sellers', path: `/demo/deals/${deal}?sellers=1` },
    { name: 'hand-over', path: `/demo/sellers/${seller}?hand_over=${seller}` },
    { name: 'orders', path: '/demo/orders' },
    { name: 'order-new', path: '/demo/orders?new=1' },
    { name: 'activities', path: '/demo/activities' },
    { name: 'goals', path: '/demo/goals' },
    { name: 'goal', path: `/demo/goals/${goals.seller0}` },
    { name: 'goal-team', path: `/demo/goals/${goals.team}` },
    { name: 'goal-steps', path: `/demo/goals/${goals.steps}` },
    { name: 'goal-missed', path: `/demo/goals/${goals.missed}` },
    { name: 'goal-reached', path: `/demo/goals/${goals.reached}` },
    { name: 'goal-rate', path: `/demo/goals/${goals.rate}` },
    { name: 'goal-at-most', path: `/demo/goals/${goals.discount}` },
    {
      name: 'goal-history',
      path: `/demo/goals/${goals.seller0}?history=goal:${goals.seller0}`,
    },
    { name: 'goals-board', path: '/demo/goals/board' },
    { name: 'goals-what-if', path: '/demo/goals/board?what_if=1' },
    { name: 'goals-week', path: '/demo/goals?goals_week=1' },
    { name: 'goal-new', path: '/demo/goals?goal_new=1' },
    { name: 'goal-check-in', path: `/demo/goals?check_in=${goals.seller0}` },
    { name: 'customers', path: '/demo/customers' },
    {
      name: 'customers-export',
      path: '/demo/customers?country=Germany',
      before: async (page) => {
        await page.locator('[aria-haspopup="menu"]').first().click()
      },
    },
    {
      name: 'customers-chosen',
      path: '/demo/customers?country=Germany',
      before: async (page) => {
        const boxes = page.locator('tbody input[type="checkbox"]')
        for (const at of [0, 1, 3]) await boxes.nth(at).check()
      },
    },
    { name: 'customer', path: `/demo/customers/${customer}` },
    { name: 'history', path: `/demo/customers?history=customer:${customer}` },
    { name: 'contracts', path: '/demo/contracts' },
    { name: 'orders', path: '/demo/orders' },
    { name: 'order-new', path: '/demo/orders?new=1' },
    { name: 'quotas', path: '/demo/quotas' },
    { name: 'quotas-teams', path: '/demo/quotas?by=team' },
    { name: 'quotas-positions', path: '/demo/quotas?by=position' },
    { name: 'quota-position', path: `/demo/quotas?quota=${positions.quota}` },
    { name: 'quota-dollars', path: `/demo/quotas?quota=${positions.dollars}` },
    { name: 'position', path: `/demo/teams?position=${positions.position}` },
    {
      name: 'quotas-potential',
      path: '/demo/quotas/allocate?method=potential&driver=last-year&total=120000000',
    },
    {
      name: 'quotas-own-numbers',
      path: '/demo/quotas/allocate?method=potential&driver=own&total=120000000',
      before: (page) =>
        page
          .locator('textarea')
          .fill(Array.from({ length: 12 }, (_, i) => String(40 + 7 * i)).join('\n')),
    },
    { name: 'quota', path: `/demo/quotas?quota=${quota}` },
    { name: 'quota-set', path: '/demo/quotas?set=1' },
    { name: 'quotas-allocate', path: '/demo/quotas/allocate?method=last-year&total=120000000' },
    { name: 'rates', path: '/demo/rates' },
    { name: 'surveys', path: '/demo/surveys' },
    { name: 'cases', path: '/demo/cases' },
    { name: 'case-new', path: '/demo/cases?new=1' },
    { name: 'contacts', path: '/demo/contacts' },
    { name: 'explore-funnel-by', path: '/demo/explore?form=funnel&by=seller' },
    { name: 'explore-cohorts-by', path: '/demo/explore?form=cohorts&grain=quarter&by=industry' },
    { name: 'rows-cohort', path: '/demo/rows?metric=time-in-stage&cohort=2026-Q2' },
    { name: 'why-changed', path: '/demo/why-changed' },
    { name: 'why-changed-rate', path: '/demo/why-changed?metric=win-rate&by=product' },
    { name: 'segments', path: '/demo/segments' },
    { name: 'segment', path: '/demo/segments?industry=Logistics' },
    { name: 'products', path: '/demo/products' },
    { name: 'product', path: `/demo/products/${product}` },
    { name: 'product-card', path: `/demo/products/${product}/card` },
    { name: 'imports', path: '/own/imports' },
    { name: 'import', path: `/own/imports/${batch}` },
    { name: 'import-quarantine', path: `/own/imports/${batch}/quarantine` },
    { name: 'imports-paste', path: '/own/imports?paste=1' },
    { name: 'imports-kinds', path: '/own/imports/kinds' },
    { name: 'imports-fields', path: '/own/imports/kinds?kind=deals' },
    { name: 'imports-kept', path: '/own/imports/kept' },
    { name: 'quality', path: '/demo/quality' },
    { name: 'quality-duplicates', path: '/demo/quality/duplicate-customers' },
    { name: 'quality-gaps', path: '/demo/quality/missing-demographics' },
    {
      name: 'merge',
      path: '/demo/quality/duplicate-customers',
      before: async (page) => {
        await page.locator('tbody tr button').first().click()
        await page.waitForLoadState('networkidle')
      },
    },
    { name: 'trust', path: '/demo/trust' },
    { name: 'changes', path: '/demo/changes' },
    { name: 'changes-between', path: '/demo/changes/between' },
    { name: 'settings', path: '/demo/settings' },
    { name: 'working-days', path: '/demo/working-days' },
    { name: 'working-days-year', path: '/demo/working-days?view=year&of=organisation' },
    { name: 'day-off', path: '/demo/working-days?off=new&day=2026-11-17' },
    { name: 'calendar-set', path: '/demo/working-days?of=organisation&calendar=1' },
    {
      name: 'palette',
      path: '/demo/overview',
      before: async (page) => {
        await page.keyboard.press('Control+k')
      },
    },
    {
      name: 'palette-found',
      path: '/demo/overview',
      before: async (page) => {
        await page.keyboard.press('Control+k')
        await page.locator('.k-palette-input').fill('nord')
        await page.waitForLoadState('networkidle')
        await page.waitForTimeout(400)
      },
    },
    { name: 'gallery', path: '/_gallery' },
  ]
}

const kontor = await startKontor({ demoToday: today })
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments],
})
const made: { name: string; file: string; width: number; language: string; theme: string }[] = []
async function take(list: readonly Shot[]): Promise<void> {
  for (const language of languages) {
    for (const theme of themes) {
      for (const width of widths) await takeAs(list, { language, theme, width })
    }
  }
}

async function takeAs(
  list: readonly Shot[],
  as: { language: string; theme: 'light' | 'dark'; width: (typeof widths)[number] },
): Promise<void> {
  const { language, theme, width } = as
  const context = await browser.newContext({
    viewport: { width, height: { 390: 844, 1040: 660, 1440: 900 }[width] },
    colorScheme: theme,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${kontor.address}/#key=${kontor.key}`)
  await page.evaluate((chosen) => localStorage.setItem('kontor.language', chosen), language)
  const wanted = forManual ? list.filter((one) => inManual.includes(one.name)) : list
  for (const { name, path, before } of wanted) {
    await page.goto(`${kontor.address}${path}`)
    await page.waitForLoadState('networkidle')
    await before?.(page)
    await page.waitForTimeout(150)
    const file = forManual ? `${name}-${language}.png` : `${name}-${width}-${language}-${theme}.png`
    await page.screenshot({ path: join(folder, file), fullPage: !forManual })
    made.push({ name, file, width, language, theme })
  }
  await context.close()
}

try {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await take(firstShots)
  const batch = await fillOwn(kontor.address, kontor.key)
  await take(await shots(kontor.address, kontor.key, batch))
} finally {
  await browser.close()
  await kontor.stop()
}

const figures = made.map(
  ({ name, file, width, language, theme }) =>
    `<figure><a href="${file}"><img src="${file}" loading="lazy" width="${width === 390 ? 195 : 480}"></a><figcaption>${name} · ${width} · ${language} · ${theme}</figcaption></figure>`,
)
const index = `<!doctype html><meta charset="utf-8"><title>Kontor pictures</title>
<style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}img{border:1px solid silver}</style>
${figures.join('\n')}
`
if (!forManual) await writeFile(join(folder, 'index.html'), index)
process.stdout.write(`${made.length} pictures in ${folder}\n`)
