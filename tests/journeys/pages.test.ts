// B1, B3, S4, S5: every page in both languages and themes is accessible, quiet, and runs nothing that was typed in.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningKontor } from '../kontor-process.ts'
import { startPrepared } from '../prepared-kontor.ts'
import { axeFindings, type Language, openBrowser, openPage, settled } from './browser.ts'
import { setDemoGoals } from './goals-steps.ts'
import { setDemoPositions } from './positions-steps.ts'

let browser: Browser
let kontor: RunningKontor
let paths: string[]
beforeAll(async () => {
  browser = await openBrowser()
  kontor = await startPrepared({ demo: true })
  paths = await pagePaths()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await kontor.stop()
})

async function api(path: string, org: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': org,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as Record<string, unknown>
}

async function firstId(path: string, org: string): Promise<string> {
  const { rows } = (await api(path, org)) as { rows: { id: string }[] }
  return rows[0]?.id ?? ''
}

/** A waiting import with rows set aside; never stored. */
async function importWithRejects(): Promise<string> {
  const answer = await fetch(`${kontor.address}/api/v1/imports?fileName=deals.csv&kind=deals`, {
    method: 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'demo',
      'content-type': 'application/octet-stream',
    },
    body: 'number,customer,stage,closed on,amount\nA-1,Acme,Won,2026-02-30,10\nA-2,Bolt,Won,2026-02-30,10\n',
  })
  return ((await answer.json()) as { id: string }).id
}

/** Two customers, whether or not they are listed as a pair. */
async function firstPair(): Promise<string> {
  const { rows } = (await api('/customers?limit=2', 'demo')) as { rows: { id: string }[] }
  return rows.map((row) => row.id).join('.')
}

/** A forecast made looking back, so that there is something to grade. */
async function keptForecast(): Promise<void> {
  await api('/forecasts', 'demo', { today: '2026-05-01' })
}

async function pagePaths(): Promise<string[]> {
  await keptForecast()
  const id = (path: string) => firstId(path, 'demo')
  const why = encodeURIComponent('win-rate|{}|2026-Q3')
  const goals = await setDemoGoals(kontor)
  const positions = await setDemoPositions(kontor)
  return [
    '/own/start',
    '/demo/overview',
    `/demo/overview?why=${why}`,
    '/demo/rows?metric=revenue&period=2026-Q3',
    '/demo/explore',
    '/demo/explore?metric=win-rate,revenue&by=team&compare=previous',
    '/demo/explore?metric=win-rate&by=seller,month&period=2026',
    '/demo/explore?by=industry&form=bars&compare=others&industry=Metalworking&vs-industry=Logistics',
    '/demo/explore?by=month,team&form=line&period=2026',
    '/demo/explore?form=funnel',
    '/demo/explore?form=cohorts&grain=quarter',
    '/demo/explore?metric=nonsense&views=1',
    '/demo/forecast',
    '/demo/forecast?forecast-why=2027-01&by=month',
    '/demo/forecast?call=new',
    '/demo/forecast?metric=units&by=week&horizon=4',
    '/own/forecast',
    '/demo/forecast/grades',
    '/demo/sellers',
    `/demo/sellers/${await id('/sellers')}`,
    '/demo/teams',
    `/demo/teams/${await id('/teams')}`,
    '/demo/deals',
    '/demo/deals?new=1',
    '/demo/deals/board',
    '/demo/deals/board?deal_new=1',
    '/demo/activities',
    '/demo/activities?activity_new=plan',
    `/demo/deals/${await id('/deals')}`,
    '/demo/customers',
    `/demo/customers/${await id('/customers')}`,
    `/demo/customers?history=customer:${await id('/customers')}`,
    `/demo/contracts?history=contract:${await id('/contracts')}`,
    '/demo/contacts',
    '/demo/contacts?new=1',
    `/demo/contacts/${await id('/contacts')}`,
    '/demo/explore?form=funnel&by=team',
    '/demo/explore?form=cohorts&grain=quarter&by=industry',
    '/demo/rows?metric=time-in-stage&cohort=2026-Q2',
    '/demo/why-changed',
    '/demo/why-changed?metric=win-rate&by=product&against=year-ago',
    '/demo/segments',
    '/demo/segments?industry=Logistics',
    '/demo/goals',
    '/demo/goals?is=over',
    '/demo/goals?goal_new=1',
    '/demo/goals?goals_week=1',
    '/demo/goals/board',
    '/demo/goals/board?what_if=1',
    `/demo/goals/${goals.rate}`,
    `/demo/goals/${goals.team}`,
    `/demo/goals/${goals.seller0}?edit=1`,
    `/demo/goals/${goals.steps}`,
    `/demo/goals/${goals.missed}`,
    `/demo/goals/${goals.seller0}?history=goal:${goals.seller0}`,
    `/demo/goals/${goals.reached}?check_in=${goals.reached}`,
    '/demo/products',
    `/demo/products/${await id('/products')}`,
    `/demo/products/${await id('/products')}/card`,
    '/demo/quotas',
    '/demo/quotas?by=team',
    '/demo/quotas?by=position',
    '/demo/quotas?set=1',
    `/demo/quotas?quota=${positions.quota}`,
    `/demo/quotas?quota=${positions.dollars}`,
    '/demo/quotas/allocate?method=potential&driver=last-year&total=120000000',
    '/demo/quotas/allocate?method=potential&driver=own&total=120000000',
    `/demo/teams?position=${positions.position}`,
    '/demo/teams?position=new',
    `/demo/quotas?quota=${await id('/quotas')}`,
    `/demo/goals?goal_new=quota.${await id('/quotas')}`,
    '/demo/quotas/allocate?method=last-year&total=120000000&days=1',
    '/demo/rates',
    '/demo/rates?new=1',
    '/demo/surveys',
    '/demo/surveys?new=1',
    `/demo/surveys?open=${await id('/survey-answers')}`,
    '/demo/cases',
    '/demo/cases?new=1',
    `/demo/cases?open=${await id('/cases')}`,
    '/demo/imports',
    '/demo/imports?paste=1',
    '/demo/imports/kinds',
    '/demo/imports/kinds?kind=deals',
    '/demo/imports/kept',
    `/demo/imports/${await importWithRejects()}`,
    `/demo/imports/${await importWithRejects()}/quarantine?rows=all`,
    '/demo/quality',
    '/demo/quality/duplicate-customers',
    `/demo/quality/duplicate-customers?pair=${await firstPair()}`,
    '/demo/quality/missing-demographics',
    '/demo/quality/deals-without-owner',
    '/demo/changes',
    '/demo/changes/between?earlier=2026-10-31',
    '/demo/settings',
    '/demo/today',
    '/demo/today?whose=all&feed=1',
    '/own/today',
    '/demo/working-days',
    '/demo/working-days?view=year&of=organisation',
    '/demo/working-days?off=new&day=2026-11-17',
    '/demo/working-days?of=organisation&calendar=1',
    '/_gallery',
  ]
}

/** Opens a page and waits until nothing is on its way any more. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${kontor.address}${path}`)
  await page.getByRole('heading').first().waitFor()
  await settled(page)
}

// Each language and each theme on every page; the other two pairs are in `npm run reliability`.
const pairs: (readonly [Language, 'light' | 'dark'])[] = process.env.KONTOR_TEST_LONG
  ? [
      ['en', 'dark'],
      ['de', 'light'],
    ]
  : [
      ['en', 'light'],
      ['de', 'dark'],
    ]

describe.each(pairs)('%s, %s', (language, theme) => {
  test('B1, B3: every page', async () => {
    const { page, wrong, context } = await openPage(browser, kontor, { language, theme })
    for (const path of paths) {
      await visit(page, path)
      expect(await axeFindings(page), `${path} ${language} ${theme}`).toEqual([])
      expect(wrong, path).toEqual([])
    }
    await context.close()
  }, 300_000)
})

const payloads = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  "javascript:alert(3)//'",
  '<svg/onload=alert(4)>',
  '{{constructor.constructor("alert(5)")()}}',
]

test('S5: what was typed in is shown as text and never runs', async () => {
  const { page, wrong, context } = await openPage(browser, kontor, {
    language: 'en',
    at: '/demo/changes',
  })
  page.on('dialog', async (dialog) => {
    wrong.push(`ran: ${dialog.message()}`)
    await dialog.dismiss()
  })
  const opened: string[] = []
  for (const payload of payloads) {
    const customer = await api('/customers', 'demo', {
      name: payload,
      city: payload,
      industry: payload,
      country: payload,
      traits: { [payload.slice(0, 90)]: payload },
    })
    const contact = await api('/contacts', 'demo', {
      name: payload,
      customer: { id: customer.id },
      jobTitle: payload,
      email: payload,
      phone: payload,
    })
    await api('/notes', 'demo', { entity: 'contact', entityId: contact.id, body: payload })
    const product = await api('/products', 'demo', { name: payload, family: payload })
    const seller = await api('/sellers', 'demo', { name: payload, email: payload })
    const team = await api('/teams', 'demo', { name: payload, kind: 'team' })
    opened.push(
      `customers/${customer.id}`,
      `contacts/${contact.id}`,
      `products/${product.id}`,
      `products/${product.id}/card`,
      `sellers/${seller.id}`,
      `teams/${team.id}`,
    )
  }
  const lists = [
    'customers?search=%3C',
    'contacts',
    'segments',
    'products',
    'sellers',
    'teams',
    'changes',
    'changes/between',
    `overview?why=${encodeURIComponent(payloads[0] ?? '')}`,
    `customers?country=${encodeURIComponent(payloads[0] ?? '')}`,
  ]
  for (const path of [...opened, ...lists]) {
    await visit(page, `/demo/${path}`)
    expect(wrong, path).toEqual([])
  }
  await context.close()
}, 180_000)
