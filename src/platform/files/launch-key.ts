// The launch key: whoever can read the data folder may open Kontor in a browser, nobody else.
import { randomBytes, randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { type DataFolder, notWritable, readOrMake } from './data-folder.ts'

const keyBytes = 32

/** The key of this data folder (32 random bytes, base64url), made at the first call. */
export function launchKey(folder: DataFolder): Promise<string> {
  return readOrMake(folder.root, folder.keyFile, newKey)
}

/** Replaces the key; the old one is worth nothing once the server has read the new one. */
export async function rotateLaunchKey(folder: DataFolder): Promise<string> {
  const key = newKey()
  const draft = `${folder.keyFile}.${randomUUID().slice(0, 8)}`
  try {
    await writeFile(draft, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, folder.keyFile)
  } catch (error) {
    throw notWritable(folder.root, error)
  }
  return key
}

function newKey(): string {
  return randomBytes(keyBytes).toString('base64url')
}
