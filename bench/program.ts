// The program itself: its second start, its memory at rest, what a browser loads and when the first figure stands.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { chromiumArguments, requireChromium } from '../scripts/chromium.ts'
import { runKontor, startKontor } from '../tests/kontor-process.ts'
import { memoryOf, type World } from './kontor.ts'
import { type Line, median, ratioLine, shownMs, timed, told } from './measure.ts'

const pages = join(import.meta.dirname, '../dist/web')
const runs = 3
const restMs = 3000
const firstLoadKb = 200
/** Added to every answer, long against all else: how often it is paid tells how many answers wait for each other. */
const latencyMs = 1000

export async function programArea(world: World): Promise<Line[]> {
  return [...(await starts(world)), ...(await inBrowser(world))]
}

/** On a data folder of its own, against the same program asked only for its version. */
async function starts({ folder }: World): Promise<Line[]> {
  const dataDir = join(folder, 'second')
  const first = await timed(() => startKontor({ dataDir }))
  await first.answer.stop()
  const found: number[] = []
  const bare: number[] = []
  let idle: number | undefined
  for (let i = 0; i < runs; i++) {
    bare.push((await timed(() => runKontor(['--version'], { dataDir }))).ms)
    const { ms, answer } = await timed(() => startKontor({ dataDir }))
    found.push(ms)
    if (i === 0) {
      await pause(restMs)
      idle = await memoryOf(answer.child.pid, 'VmRSS')
    }
    await answer.stop()
  }
  const memory = idle === undefined ? 'unknown here' : `${(idle / 2 ** 20).toFixed(0)} MB`
  return [
    told('program', 'first start, the database made', shownMs(first.ms), { ms: first.ms }),
    ratioLine('program', 'second start, against --version', {
      ms: median(found),
      against: median(bare),
    }),
    told('program', "memory of Kontor's process at rest", memory, idle ? { bytes: idle } : {}),
  ]
}

/** Each time a profile without cache: from the address typed to the first figure on the overview. */
async function inBrowser({ kontor }: World): Promise<Line[]> {
  const executablePath = requireChromium()
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  try {
    const found: number[] = []
    // What is needed to ask for the figures, and what comes until the first one stands: palette, drawing of charts.
    const [needed, loaded] = [new Set<string>(), new Set<string>()]
    const firstFigure = async (latency: number) => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const page = await context.newPage()
      if (latency > 0) {
        const network = await context.newCDPSession(page)
        await network.send('Network.enable')
        await network.send('Network.emulateNetworkConditions', {
          offline: false,
          latency,
          downloadThroughput: -1,
          uploadThroughput: -1,
        })
      }
      let asked = false
      page.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (pathname === '/api/v1/overview') asked = true
        if (!/\.(js|css)$/.test(pathname)) return
        loaded.add(pathname)
        if (!asked) needed.add(pathname)
      })
      const { ms } = await timed(async () => {
        await page.goto(`${kontor.address}/own/overview?period=2024-Q4#key=${kontor.key}`)
        await page.locator('.k-figure-value').first().waitFor({ timeout: 60_000 })
      })
      await context.close()
      return ms
    }
    await firstFigure(0)
    for (let i = 0; i < runs; i++) found.push(await firstFigure(0))
    const slow = await firstFigure(latencyMs)
    const trips = (slow - median(found)) / latencyMs
    const weigh = async (paths: ReadonlySet<string>) => {
      let bytes = 0
      for (const path of paths) bytes += gzipSync(await readFile(join(pages, path))).length
      return { kb: bytes / 1000, figure: `${(bytes / 1000).toFixed(0)} kB in ${paths.size} files` }
    }
    const [first, whole] = [await weigh(needed), await weigh(loaded)]
    return [
      {
        area: 'program',
        what: 'first load: script and style until the figures of the overview are asked for, gzip',
        goal: `≤ ${firstLoadKb} kB`,
        figure: first.figure,
        verdict: first.kb <= firstLoadKb ? 'kept' : 'missed',
        numbers: { kb: first.kb },
        reason:
          'npm run check weighs what the build names for the page and is the guard; more here is loaded before its time.',
      },
      told('program', 'the same until the first figure stands', whole.figure, { kb: whole.kb }),
      told(
        'program',
        'answers that wait for each other until the first figure stands',
        trips.toFixed(1),
        { trips },
      ),
      told('program', 'first figure in the browser, nothing cached', shownMs(median(found)), {
        ms: median(found),
      }),
    ]
  } finally {
    await browser.close()
  }
}
