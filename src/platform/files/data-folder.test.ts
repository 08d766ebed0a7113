// The data folder: where it lies by default, who may read it, and that two starts at once agree.
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseDataDir, type DataFolder, dataId, prepareDataFolder } from './data-folder.ts'
import { freeBytes, isDiskFull, requireFreeBytes } from './disk.ts'
import { launchKey, rotateLaunchKey } from './launch-key.ts'
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts'

let place: string
let folder: DataFolder

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'kontor-files-'))
  folder = await prepareDataFolder(join(place, 'deep', 'data'))
})

afterEach(() => rm(place, { recursive: true, force: true }))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('choice of the folder', () => {
  const around = { env: {}, uid: 1000, home: '/home/ana', cwd: '/here' }
  test.each([
    ['the option first', 'x', { ...around, env: { KONTOR_DATA: '/y' } }, '/here/x'],
    ['then KONTOR_DATA', undefined, { ...around, env: { KONTOR_DATA: 'y' } }, '/here/y'],
    [
      'then the user’s data home',
      undefined,
      { ...around, env: { XDG_DATA_HOME: '/d' } },
      '/d/kontor',
    ],
    [
      'which counts only when absolute',
      undefined,
      { ...around, env: { XDG_DATA_HOME: 'd' } },
      '/home/ana/.local/share/kontor',
    ],
    ['then the usual place', undefined, around, '/home/ana/.local/share/kontor'],
    [
      'and for root a system folder',
      undefined,
      { ...around, uid: 0, home: '/root' },
      '/var/lib/kontor',
    ],
  ])('%s', (_name, given, surroundings, expected) => {
    expect(chooseDataDir(given, surroundings)).toBe(expected)
  })
})

describe('modes', () => {
  const open = process.getuid?.() === 0 ? 0o711 : 0o700

  test('let nobody else list or read it', async () => {
    expect(await modeOf(folder.root)).toBe(open)
    expect(await modeOf(folder.incoming)).toBe(0o700)
    await launchKey(folder)
    await dataId(folder)
    await writeServerFile(folder, {
      address: 'http://127.0.0.1:1',
      key: 'k',
      pid: process.pid,
      id: 'i',
    })
    for (const file of [folder.keyFile, folder.idFile, folder.serverFile])
      expect(await modeOf(file)).toBe(0o600)
  })

  test('of a folder that was there are widened only for passing through, never closed', async () => {
    const closed = join(place, 'closed')
    await mkdir(closed, { mode: 0o700 })
    await prepareDataFolder(closed)
    expect(await modeOf(closed)).toBe(open)
    await chmod(closed, 0o755)
    await prepareDataFolder(closed)
    expect(await modeOf(closed)).toBe(0o755)
  })
})

test('id and key are made once, also by many at the same time, and leave no drafts', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => dataId(folder)))
  expect(new Set(ids).size).toBe(1)
  const keys = await Promise.all(Array.from({ length: 20 }, () => launchKey(folder)))
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^[\w-]{43}$/)
  const rotated = await rotateLaunchKey(folder)
  expect(rotated).not.toBe(keys[0])
  expect(await launchKey(folder)).toBe(rotated)
  expect((await readdir(folder.root)).sort()).toEqual(['backups', 'id', 'incoming', 'key'])
})

test('an id that is none is refused instead of guessed', async () => {
  await writeFile(folder.idFile, 'hello')
  await expect(dataId(folder)).rejects.toMatchObject({ code: 'data.incomplete' })
})

describe('server.json', () => {
  const content = { address: 'http://127.0.0.1:4600', key: 'k', pid: process.pid, id: 'i' }

  test('is there while its process lives, and removed only by its own', async () => {
    expect(await readServerFile(folder)).toBeUndefined()
    await writeServerFile(folder, content)
    expect(await readServerFile(folder)).toEqual(content)
    await removeServerFile(folder, process.ppid)
    expect(await readServerFile(folder)).toEqual(content)
    await removeServerFile(folder)
    expect(await readServerFile(folder)).toBeUndefined()
  })

  test.each([
    ['cut off', '{"address":"http'],
    ['of another shape', '{"address":1}'],
    ['null', 'null'],
    ['of a dead process', JSON.stringify({ ...content, pid: 2 ** 30 })],
  ])('%s counts as absent', async (_name, text) => {
    await writeFile(folder.serverFile, text)
    expect(await readServerFile(folder)).toBeUndefined()
  })
})

describe('room on the disk', () => {
  test('is measured also for what does not exist yet, and too little is refused', async () => {
    expect(await freeBytes(join(place, 'not', 'there'))).toBeGreaterThan(0)
    await expect(requireFreeBytes(place, 2 ** 60, 'a test')).rejects.toMatchObject({
      code: 'disk.full',
    })
    await requireFreeBytes(place, 1, 'a test')
  })

  test('the codes of a full disk are known', () => {
    expect(
      [{ code: 'ENOSPC' }, { code: 'EDQUOT' }, { code: 'EIO' }, null, 'ENOSPC'].map(isDiskFull),
    ).toEqual([true, true, false, false, false])
  })
})
