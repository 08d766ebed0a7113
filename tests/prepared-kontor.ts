// A running Kontor on a copy of a data folder that is made once per run: what every first start does is done once, not per file.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inject } from 'vitest'
import { startEmbedded } from '../src/platform/database/embedded/start.ts'
import { type RunningKontor, startKontor } from './kontor-process.ts'

/** The demo world of journeys ends on this day, so that pages hold the same every time. */
export const demoToday = '2026-11-25'

export interface Prepared {
  /** With the demo organisation, which ends on {@link demoToday}; without it there is only one that nobody has set up. */
  demo?: boolean
  /** In which language the first start speaks. */
  language?: 'en' | 'de'
}

/** Starts `serve` as somebody does who has started it once before; stopping removes the copy. */
export async function startPrepared({
  demo = false,
  language = 'en',
}: Prepared = {}): Promise<RunningKontor> {
  const options = {
    ...(demo ? { demoToday } : {}),
    env: { LANG: language === 'de' ? 'de_DE.UTF-8' : 'en_GB.UTF-8' },
  }
  const original = join(inject('folder'), `${demo ? 'demo' : 'own'}-${language}`)
  await makeOnce(original, async (dataDir) => {
    await (await startKontor({ ...options, dataDir })).stop()
    // Only a database at rest is copied; whoever left last may have taken a connection that was ending for a user.
    while (existsSync(join(dataDir, 'postgres', 'postmaster.pid')))
      await (await startEmbedded({ dataDir })).stop()
  })
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-prepared-'))
  copyInto(dataDir, original)
  const kontor = await startKontor({ ...options, dataDir })
  return {
    ...kontor,
    stop: async () => {
      await kontor.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Of several test files that need the folder at once one makes it, and the others wait for it. */
async function makeOnce(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  const making = `${folder}.making`
  while (!existsSync(folder)) {
    try {
      await mkdir(making)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      await wait(50)
      continue
    }
    try {
      // Somebody may have finished between the look and the turn.
      if (existsSync(folder)) return
      const draft = `${folder}.draft`
      await make(draft)
      await rename(draft, folder)
    } finally {
      await rmdir(making)
    }
  }
}

/** With owners and modes, on which PostgreSQL insists. */
function copyInto(folder: string, original: string): void {
  const args = ['-a', '--reflink=auto', `${original}/.`, folder]
  const { status, stderr } = spawnSync('cp', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`cp failed: ${stderr}`)
}
