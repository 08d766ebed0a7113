// The launcher under this machine's Node: what it decides, what it says, and that two at once do no harm.
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

let clone: string

/** A clone with the launcher and a program that shows how it was called; nothing to install or build. */
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'kontor-launch-'))
  for (const part of ['launch.mjs', 'launch'])
    await cp(join(root, part), join(clone, part), { recursive: true })
  for (const folder of ['src/cli', 'scripts', 'dist', 'runtime'])
    await mkdir(join(clone, folder), { recursive: true })
  await writeFile(join(clone, 'package.json'), '{"name":"tried","version":"1.0.0","type":"module"}')
  await writeFile(
    join(clone, 'package-lock.json'),
    '{"name":"tried","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"tried","version":"1.0.0"}}}',
  )
  const show =
    'console.log(JSON.stringify({ words: process.argv.slice(2), cwd: process.cwd(), launched: process.env.KONTOR_LAUNCHED }))\n'
  await writeFile(join(clone, 'src/cli/main.ts'), show)
  await writeFile(join(clone, 'scripts/test-real.ts'), show)
})

afterEach(() => rm(clone, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
  err: string
}

function launch(words: string[], env: Record<string, string> = {}, cwd = clone) {
  const child = spawn(process.execPath, [join(clone, 'launch.mjs'), ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  )
  return { child, ended }
}

/** The launcher's own modules are plain JavaScript, as they run before anything is installed. */
async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(join(root, 'launch', name)).href)) as T
}

test('installs once, passes words on, keeps standard output clean', async () => {
  const first = await launch(['import', 'a b.csv', '--as', 'deals']).ended
  expect(JSON.parse(first.out)).toEqual({
    words: ['import', 'a b.csv', '--as', 'deals'],
    cwd: clone,
    launched: '1',
  })
  expect(first.err).toMatch(/Installing .*\nInstalled in/s)
  const second = await launch(['run', 'test:real', '--x']).ended
  expect(JSON.parse(second.out)).toMatchObject({ words: ['--x'] })
  expect(second).toMatchObject({ code: 0, err: '' })

  // A changed lockfile and an install that was cut off are both repeated.
  await rm(join(clone, 'node_modules', '.kontor-lock'))
  expect((await launch([]).ended).err).toContain('Installing')
})

test('under npm, file names mean the folder the person stands in', async () => {
  const { out } = await launch(['results'], { npm_lifecycle_event: 'kontor', INIT_CWD: tmpdir() })
    .ended
  expect(JSON.parse(out)).toMatchObject({ cwd: tmpdir() })
})

test('exit codes and signals go through', async () => {
  await writeFile(join(clone, 'src/cli/main.ts'), 'process.exit(3)\n')
  expect((await launch([]).ended).code).toBe(3)
  await writeFile(
    join(clone, 'src/cli/main.ts'),
    "process.on('SIGINT', () => { console.log('told'); process.exit(7) }); setInterval(() => {}, 1000); console.log('ready')\n",
  )
  const { child, ended } = launch([])
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 7, out: 'ready\ntold\n' })
})

test('launchers at the same time install once', async () => {
  const all = await Promise.all(Array.from({ length: 3 }, () => launch(['x']).ended))
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(all.filter(({ err }) => err.includes('Installed'))).toHaveLength(1)
  expect(await readdir(join(clone, 'dist', 'locks'))).toEqual([])
})

test('the lock of a dead launcher is taken over', async () => {
  await mkdir(join(clone, 'dist/locks/install'), { recursive: true })
  await writeFile(join(clone, 'dist/locks/install/holder'), `${2 ** 30} ${hostname()} 0 ${2 ** 30}`)
  expect(await launch([]).ended).toMatchObject({ code: 0 })
})

test('a broken install and unknown words get one sentence', async () => {
  await writeFile(
    join(clone, 'package.json'),
    '{"name":"tried","version":"1.0.0","type":"module","dependencies":{"beside":"file:./beside"}}',
  )
  const broken = await launch([]).ended
  expect(broken).toMatchObject({ code: 1, out: '' })
  expect(broken.err).toMatch(/The install in .* failed \(npm ci\)/)
  expect(broken.err).not.toMatch(/^\s+at /m)
  expect(await launch(['run', 'nothing']).ended).toMatchObject({ code: 2, out: '' })
  expect(await launch(['run', '../evil']).ended).toMatchObject({ code: 2, out: '' })
})

describe('decisions', () => {
  test('an own Node is used when it has all that is needed', async () => {
    const { isFit } = await load<{ isFit(own: object): boolean }>('runtime.mjs')
    const own = { version: '26.1.0', typescript: 'strip', temporal: true }
    expect(isFit(own)).toBe(true)
    expect(isFit({ ...own, version: '22.9.0' })).toBe(false)
    expect(isFit({ ...own, typescript: false })).toBe(false)
    expect(isFit({ ...own, temporal: false })).toBe(false)
  })

  test('failures of npm are told apart', async () => {
    const { sentenceForNpm } = await load<{
      sentenceForNpm(output: string, folder: string): string
    }>('install.mjs')
    expect(sentenceForNpm('npm error code ENOSPC', '/c')).toMatch(/disk of \/c is full/)
    expect(sentenceForNpm('npm error code ENOTFOUND\nnpm error network request', '/c')).toMatch(
      /cannot be reached/,
    )
    expect(sentenceForNpm('npm error code EACCES', '/c')).toMatch(/may not write in \/c/)
    expect(sentenceForNpm('npm error code EUSAGE\nnpm error out of sync', '/c')).toMatch(
      /EUSAGE.*out of sync/,
    )
    expect(sentenceForNpm('', '/c')).toMatch(/no reason/)
  })

  test('pages are built again for a changed, added or removed source, not for a touched or test file', async () => {
    const { digestOfSources } = await load<{ digestOfSources(clone: string): Promise<string> }>(
      'build.mjs',
    )
    await mkdir(join(clone, 'src/web'), { recursive: true })
    const page = join(clone, 'src/web/main.tsx')
    await writeFile(page, 'one')
    const first = await digestOfSources(clone)
    await writeFile(page, 'one')
    await writeFile(join(clone, 'src/web/main.test.tsx'), 'x')
    expect(await digestOfSources(clone)).toBe(first)
    await writeFile(join(clone, 'src/web/more.ts'), '')
    expect(await digestOfSources(clone)).not.toBe(first)
    await rm(join(clone, 'src/web/more.ts'))
    expect(await digestOfSources(clone)).toBe(first)
    await writeFile(page, 'two')
    expect(await digestOfSources(clone)).not.toBe(first)
  })
})
