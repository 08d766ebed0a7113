// The real program as a child process on a data folder of its own, for tests that need it whole.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../src/cli/main.ts')

export interface Finished {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Runs a command to its end. */
export function runKontor(
  words: readonly string[],
  options: { dataDir: string; env?: Record<string, string> },
): Promise<Finished> {
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...process.env, KONTOR_DATA: options.dataDir, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return ended(child)
}

export function ended(child: ChildProcess): Promise<Finished> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (part) => {
    stdout += part
  })
  child.stderr?.on('data', (part) => {
    stderr += part
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

export interface RunningKontor {
  address: string
  key: string
  dataDir: string
  child: ChildProcess
  /** Everything it wrote to stderr so far. */
  notes(): string
  stop(): Promise<void>
}

/** Starts `serve` on a free port and waits until it has printed its address. */
export async function startKontor(
  options: {
    dataDir?: string
    demo?: boolean
    demoToday?: string
    words?: readonly string[]
    env?: Record<string, string>
  } = {},
): Promise<RunningKontor> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'kontor-run-')))
  const demo = options.demo ?? options.demoToday !== undefined
  const child = spawn(
    process.execPath,
    [
      main,
      'serve',
      '--port',
      '0',
      '--no-open',
      ...(demo ? [] : ['--no-demo']),
      ...(options.demoToday ? ['--today', options.demoToday] : []),
      ...(options.words ?? []),
    ],
    {
      env: { ...process.env, KONTOR_DATA: dataDir, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let stdout = ''
  let stderr = ''
  child.stderr?.on('data', (part) => {
    stderr += part
  })
  const over = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const ready = await new Promise<{ address: string; key: string }>((resolve, reject) => {
    child.stdout?.on('data', (part) => {
      stdout += part
      const found = /(http:\/\/\S+)\/#key=(\S+)/.exec(stdout)
      if (found) resolve({ address: found[1] ?? '', key: found[2] ?? '' })
    })
    child.on('close', (code) => reject(new Error(`kontor serve ended with ${code}: ${stderr}`)))
  })
  return {
    ...ready,
    dataDir,
    child,
    notes: () => stderr,
    stop: async () => {
      child.kill('SIGTERM')
      await over
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
