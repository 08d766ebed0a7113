import { mkdir } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { startKontor } from '../tests/kontor-process.ts'
import { chromiumArguments, requireChromium } from './chromium.ts'

const kontor = await startKontor({ demoToday: '2026-11-25' })
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments],
})
const send = (method: string, path: string, body: object, org = 'demo') =>
  fetch(`${kontor.address}/api/v1${path}`, {
    method,
    headers: { 'kontor-key': kontor.key, 'kontor-org': org, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
    .then((r) => r.text())
    .then((t) => {
      if (!t.startsWith('{"id"')) console.log(path, t.slice(0, 300))
    })
const names = (process.argv[2] ?? '').split(',').filter(Boolean)
try {
  await mkdir('/tmp/fcp', { recursive: true })
  await send(
    'POST',
    '/organisation/setup',
    {
      name: 'Hansa Tools',
      personName: 'Inga Petersen',
      sellerIs: 'self',
      zone: 'Europe/Berlin',
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: 'en',
    },
    'own',
  )
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
  const shots = {
    forecast: '/demo/forecast',
    why: '/demo/forecast?forecast-why=2027-01',
    call: '/demo/forecast?call=new',
    empty: '/own/forecast',
    grades: '/demo/forecast/grades',
    over: '/demo/overview',
    table: '/demo/forecast?seller=x',
    week: '/demo/forecast?metric=deals-won&by=week',
  }
  for (const variant of (process.argv[3] ?? 'en-1440-light,de-390-dark').split(',')) {
    const [language = 'en', width = '1440', theme = 'light'] = variant.split('-')
    const context = await browser.newContext({
      viewport: { width: Number(width), height: 900 },
      colorScheme: theme as 'light',
      locale: language === 'de' ? 'de-DE' : 'en-GB',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.on('pageerror', (e) => console.log('ERR', e.message))
    page.on('console', (m) => {
      if (m.type() === 'error') console.log('CONSOLE', m.text().slice(0, 300))
    })
    await page.goto(`${kontor.address}/#key=${kontor.key}`)
    await page.evaluate((c) => localStorage.setItem('kontor.language', c), language)
    for (const [name, path] of Object.entries(shots)) {
      if (names.length && !names.includes(name)) continue
      await page.goto(`${kontor.address}${path}`)
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(400)
      await page.screenshot({ path: `/tmp/fcp/${name}-${variant}.png`, fullPage: true })
    }
    await context.close()
  }
} finally {
  await browser.close()
  await kontor.stop()
}
