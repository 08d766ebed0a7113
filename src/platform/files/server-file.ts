// server.json: how a command of the same person finds the Kontor that serves this data folder.
import { randomUUID } from 'node:crypto'
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { type DataFolder, notWritable } from './data-folder.ts'
import { errorCode } from './disk.ts'

export interface ServerFile {
  /** 'http://127.0.0.1:4600' */
  address: string
  key: string
  pid: number
  /** Identity of the data served. */
  id: string
}

/** Writes the file whole or not at all, readable by this user only. */
export async function writeServerFile(folder: DataFolder, content: ServerFile): Promise<void> {
  const draft = `${folder.serverFile}.${randomUUID().slice(0, 8)}`
  try {
    await writeFile(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(draft, folder.serverFile)
  } catch (error) {
    throw notWritable(folder.root, error)
  }
}

/** The server on record; undefined when there is none, the file is damaged or its process is gone. */
export async function readServerFile(folder: DataFolder): Promise<ServerFile | undefined> {
  try {
    const found: unknown = JSON.parse(await readFile(folder.serverFile, 'utf8'))
    return isServerFile(found) && isAlive(found.pid) ? found : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw notWritable(folder.root, error)
  }
}

/** Removes the file if it is that process's own. */
export async function removeServerFile(folder: DataFolder, pid = process.pid): Promise<void> {
  const found = await readServerFile(folder).catch(() => undefined)
  if (found?.pid === pid) await unlink(folder.serverFile).catch(() => {})
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

function isServerFile(value: unknown): value is ServerFile {
  const found = value as Partial<ServerFile> | null
  return (
    typeof found === 'object' &&
    found !== null &&
    typeof found.address === 'string' &&
    typeof found.key === 'string' &&
    typeof found.id === 'string' &&
    Number.isSafeInteger(found.pid)
  )
}
