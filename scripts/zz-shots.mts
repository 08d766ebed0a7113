import { mkdirSync } from 'node:fs'
import { chromium } from '/work/wt/goals/node_modules/playwright-core/index.mjs'
import { chromiumArguments, requireChromium } from '/work/wt/goals/scripts/chromium.ts'
import { setDemoGoals } from '/work/wt/goals/tests/journeys/goals-steps.ts'
import { startKontor } from '/work/wt/goals/tests/kontor-process.ts'

const which = (process.argv[2] ?? 'en-1440-light').split(',')
const only = process.argv[3]?.split(',')
mkdirSync('/tmp/goals-pics', { recursive: true })
const kontor = await startKontor({ demoToday: '2026-11-25' })
try {
  const ids = await setDemoGoals(kontor)
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumArguments],
  })
  const shots: [string, string][] = [
    ['list', '/demo/goals'],
    ['over', '/demo/goals?is=over'],
    ['goal', `/demo/goals/${ids.seller0}`],
    ['goal2', `/demo/goals/${ids.seller1}`],
    ['team', `/demo/goals/${ids.team}`],
    ['talks', `/demo/goals/${ids.talks}`],
    ['steps', `/demo/goals/${ids.steps}`],
    ['missed', `/demo/goals/${ids.missed}`],
    ['reached', `/demo/goals/${ids.reached}`],
    ['board', '/demo/goals/board'],
    ['new', '/demo/goals?goal_new=1'],
    ['edit', `/demo/goals/${ids.seller0}?edit=1`],
    ['checkin', `/demo/goals?check_in=${ids.seller0}`],
    ['week', '/demo/goals?goals_week=1'],
  ]
  for (const one of which) {
    const [lang, width, theme] = one.split('-')
    const context = await browser.newContext({
      viewport: { width: Number(width), height: 900 },
      locale: lang === 'de' ? 'de-DE' : 'en-GB',
      colorScheme: theme as 'light',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.on('pageerror', (e) => console.log('ERR', e.message))
    page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()))
    await page.goto(`${kontor.address}/#key=${kontor.key}`)
    for (const [name, path] of shots) {
      if (only && !only.includes(name)) continue
      await page.goto(`${kontor.address}${path}`)
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(700)
      if (name === 'new') {
        await page
          .getByRole('dialog')
          .getByRole('textbox')
          .first()
          .fill('My quarter')
          .catch(() => {})
        await page.waitForTimeout(600)
        const b = page.locator('.goals-proposals button').first()
        await b.click({ timeout: 3000 }).catch(() => console.log('no proposals'))
        await page.waitForTimeout(900)
      }
      await page.screenshot({ path: `/tmp/goals-pics/${name}-${one}.png`, fullPage: true })
    }
    await context.close()
  }
  await browser.close()
} finally {
  await kontor.stop()
}
