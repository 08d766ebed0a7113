// `npm run bench [-- AREA … --rows N --large --keep FOLDER]`: measures import, questions and the rest as ratios within one run.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { calibrationArea } from '../bench/calibration.ts'
import { commitsArea } from '../bench/commits.ts'
import { forecastArea } from '../bench/forecast.ts'
import { goalsArea } from '../bench/goals.ts'
import { growthLines, type Small, times } from '../bench/growth.ts'
import { importArea, undoArea } from '../bench/import.ts'
import { openWorld, type World } from '../bench/kontor.ts'
import { machine } from '../bench/machine.ts'
import { type Line, table } from '../bench/measure.ts'
import { overviewArea } from '../bench/overview.ts'
import { programArea } from '../bench/program.ts'
import { questionsArea } from '../bench/questions.ts'
import { togetherArea } from '../bench/together.ts'

/** In this order: what changes the rows comes after what asks about them. */
const areas: Readonly<Record<string, (world: World) => Promise<Line[]>>> = {
  import: importArea,
  questions: questionsArea,
  overview: overviewArea,
  forecast: forecastArea,
  commits: commitsArea,
  program: programArea,
  together: togetherArea,
  goals: goalsArea,
  undo: undoArea,
}

/** What needs no server and no rows, only the demo worlds it makes itself. */
const alone: Readonly<Record<string, () => Promise<Line[]>>> = { calibration: calibrationArea }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    large: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
})
const usual = Number(values.rows ?? 1_000_000)
const rows = values.large ? usual * times : usual
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name)
const unknown = positionals.filter((name) => !(name in areas) && !(name in alone))
const say = (line: string) => process.stderr.write(`${line}\n`)

if (unknown.length > 0 || !Number.isSafeInteger(rows) || rows < 1000) {
  say(
    `Usage: npm run bench [-- ${[...Object.keys(areas), ...Object.keys(alone)].join(' ')}] [--rows N (from 1000)] [--large (${times} times as many)] [--keep FOLDER]`,
  )
  process.exitCode = 2
} else {
  process.exitCode = (await run()) ? 0 : 1
}

/** What a tenth of the rows takes, in a folder of its own that goes again. */
async function measureSmall(): Promise<Small> {
  const world = await openWorld(usual, say)
  try {
    const questions = wanted('questions') ? await questionsArea(world) : []
    return { first: world.first, questions }
  } finally {
    await world.close()
  }
}

/** False when something could not be measured; a goal missed is a finding, not a failure. */
async function run(): Promise<boolean> {
  const before = machine()
  const lines: Line[] = []
  const measure = async (name: string, area: () => Promise<Line[]>) => {
    say(`${name} …`)
    try {
      const found = await area()
      lines.push(...found)
      for (const { what, figure, verdict } of found) say(`  ${what}: ${figure} ${verdict}`)
    } catch (error) {
      const figure = error instanceof Error ? error.message : String(error)
      lines.push({ area: name, what: 'the whole area', figure, verdict: 'failed', numbers: {} })
    }
  }
  for (const [name, area] of Object.entries(alone)) if (wanted(name)) await measure(name, area)
  const inWorld = Object.entries(areas).filter(([name]) => wanted(name))
  if (inWorld.length > 0) {
    const small = values.large ? await measureSmall() : undefined
    const world = await openWorld(rows, say, values.keep)
    try {
      for (const [name, area] of inWorld) await measure(name, () => area(world))
      if (small) {
        const questions = lines.filter(({ area }) => area === 'questions')
        await measure('growth', async () => growthLines(small, world, questions))
      }
    } finally {
      await world.close()
    }
  }
  const after = machine()
  process.stdout.write(
    `${rows} deals · ${before.processor}, ${before.cores} cores, ${before.memoryGb} GB · ${before.system} · Node ${before.node}
load ${before.load.join(' ')} before, ${after.load.join(' ')} after\n\n${table(lines)}\n`,
  )
  for (const { area, what, goal, figure, verdict, reason } of lines) {
    if (verdict !== 'missed') continue
    process.stdout.write(`missed: ${area}: ${what}: ${figure}, goal ${goal}\n`)
    process.stdout.write(`  ${reason ?? 'Nobody has looked into this yet.'}\n`)
  }
  await writeFile(
    join(import.meta.dirname, '../bench/latest.json'),
    `${JSON.stringify({ rows, machine: before, loadAfter: after.load, lines }, null, 2)}\n`,
  )
  return !lines.some(({ verdict }) => verdict === 'failed')
}
