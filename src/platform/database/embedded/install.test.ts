// Where PostgreSQL cannot run as installed: completed, copied, or refused in one sentence.
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusalFromOutput } from './sentences.ts'
import { identContent, serverSettings } from './settings.ts'
import {
  accounts,
  asRoot,
  clear,
  newPlace,
  platformPackage,
  smallClone,
  use,
  type Who,
} from './stage.fixture.ts'

vi.setConfig({ testTimeout: 120_000 })

const [me = { name: 'this user' }] = accounts
const ordinary: Who = accounts.at(-1) ?? me

describe('an installation', () => {
  let place: string
  let dataDir: string
  let clone: string
  const refusal = async (who: Who, folder = dataDir) =>
    (await use(folder, who, clone).answer).refusal

  beforeEach(async () => {
    place = await newPlace(ordinary)
    dataDir = join(place, 'data')
    clone = await smallClone(await newPlace())
  })

  afterEach(async () => {
    await clear(place, [dataDir])
    await clear(join(clone, '..'), [])
  })

  test('without library links is completed, twice over', async () => {
    const lib = join(clone, 'node_modules', platformPackage, 'native', 'lib')
    for (const name of ['libicui18n.so.60', 'libpq.so.5'])
      await rm(join(lib, name), { force: true })
    for (const startedByUs of [true, true]) {
      const child = use(dataDir, me, clone)
      expect(await child.answer).toMatchObject({ startedByUs })
      expect(await child.stop()).toEqual({ stopped: true })
    }
    expect(await readdir(lib)).toEqual(expect.arrayContaining(['libicui18n.so.60', 'libpq.so.5']))
  })

  test('that is damaged says so', async () => {
    const home = join(clone, 'node_modules', platformPackage)
    await rm(join(home, 'native', 'lib', 'libicui18n.so.60.2'))
    expect(await refusal(me)).toMatchObject({ code: 'install.damaged' })
    await rm(join(home, 'native', 'bin', 'postgres'))
    expect(await refusal(me)).toMatchObject({
      code: 'install.damaged',
      message: expect.stringContaining('bin/postgres is missing'),
    })
    await rm(home, { recursive: true })
    expect(await refusal(me)).toMatchObject({
      code: 'install.damaged',
      message: expect.stringContaining(platformPackage),
    })
    await expect(readdir(join(dataDir, 'postgres'))).rejects.toThrow('ENOENT')
  })

  test('that PostgreSQL’s user cannot complete or reach is copied beside the data', async () => {
    // As root the clone is closed to "nobody"; as a normal user its folders cannot be written.
    if (asRoot) await chmod(join(clone, '..'), 0o700)
    else {
      await rm(join(clone, 'node_modules', platformPackage, 'native/lib/libpq.so'), { force: true })
      await chmod(join(clone, 'node_modules', platformPackage, 'native/lib'), 0o500)
    }
    const child = use(dataDir, me, clone)
    expect(await child.answer).toMatchObject({ startedByUs: true })
    expect((await readdir(dataDir)).filter((name) => name.startsWith('program-'))).toHaveLength(1)
    expect(await child.stop()).toEqual({ stopped: true })
    await chmod(join(clone, 'node_modules', platformPackage, 'native/lib'), 0o755)
  })
})

describe('a place', () => {
  test('that PostgreSQL’s user may not enter is refused, with the folder that is closed', async () => {
    const place = await newPlace()
    try {
      const closed = join(place, 'closed')
      const dataDir = join(closed, 'data')
      await mkdir(closed, { mode: 0o700 })
      if (!asRoot) await chmod(closed, 0o500)
      const { refusal } = await use(dataDir, me).answer
      expect(refusal).toMatchObject({
        code: asRoot ? 'data.untraversable' : 'data.not_writable',
        message: expect.stringContaining(closed),
      })
    } finally {
      await clear(place, [])
    }
  })

  test('that is a file is refused', async () => {
    const place = await newPlace()
    try {
      await writeFile(join(place, 'data'), '')
      expect((await use(join(place, 'data'), me).answer).refusal).toMatchObject({
        code: 'data.not_writable',
      })
    } finally {
      await clear(place, [])
    }
  })
})

if (asRoot) {
  test('a user without an entry in /etc/passwd is told what to do', async () => {
    const unknown = { name: 'unknown', uid: 54_321 }
    const place = await newPlace(unknown)
    try {
      expect((await use(join(place, 'data'), unknown).answer).refusal).toMatchObject({
        code: 'user.unknown',
        message: expect.stringContaining('54321'),
      })
    } finally {
      await clear(place, [])
    }
  })
}

describe('what PostgreSQL prints', () => {
  const scene = { program: 'PostgreSQL', folder: '/data', account: { uid: 1000, osUser: 'ana' } }
  test.each([
    [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device',
      'disk.full',
      507,
    ],
    [
      'initdb: error: could not look up effective user ID 1000: user does not exist',
      'user.unknown',
      undefined,
    ],
    ['FATAL:  data directory "/data/postgres" has wrong ownership', 'data.not_writable', undefined],
    ['FATAL:  database files are incompatible with server', 'data.other_major', undefined],
    ['FATAL:  lock file "postmaster.pid" already exists', 'data.in_use', undefined],
    ['postgres: error while loading shared libraries: libpq.so.5', 'install.damaged', undefined],
    ['2026-01-01 [1] FATAL:  something new', 'database.start_failed', 503],
    ['', 'database.start_failed', 503],
  ])('%s', (output, code, status) => {
    const { detail } = refusalFromOutput(output, scene)
    expect(detail.code).toBe(code)
    expect(detail.status).toBe(status)
    expect(detail.message).not.toContain('\n')
  })
})

describe('settings', () => {
  const memoryOf = (bytes: number) =>
    Object.fromEntries(
      serverSettings('/s', bytes)
        .filter((word) => word !== '-c')
        .map((word) => word.split('=')),
    )

  test('grow with the machine between fixed bounds', () => {
    expect(memoryOf(256 * 2 ** 20)).toMatchObject({
      shared_buffers: '64MB',
      work_mem: '8MB',
      fsync: 'on',
    })
    expect(memoryOf(4 * 2 ** 30)).toMatchObject({ shared_buffers: '256MB', work_mem: '16MB' })
    expect(memoryOf(2 ** 40)).toMatchObject({ shared_buffers: '512MB', work_mem: '64MB' })
  })

  test('let in only the named user, whatever characters the name has', () => {
    expect(identContent('ana')).toBe('kontor "ana" kontor_owner\nkontor "ana" kontor_app\n')
    expect(identContent('a"b c')).toContain('"a""b c"')
  })
})
