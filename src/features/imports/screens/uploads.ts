// Files on their way to the server: kept outside the screens, so that going to another page loses none.
import { useSyncExternalStore } from 'react'
import { upload } from '../../../web/client.ts'
import { asProblem, type Problem } from '../../../web/problem.ts'
import type { Kind } from './batch-words.ts'

export interface Upload {
  key: string
  org: string
  fileName: string
  sentBytes: number
  totalBytes: number
  /** Set when the file was taken in: id of the import. */
  id?: string
  problem?: Problem
}

let uploads: readonly Upload[] = []
let count = 0
const listeners = new Set<() => void>()
const stops = new Map<string, AbortController>()

function set(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

function change(key: string, part: Partial<Upload>): void {
  set(uploads.map((one) => (one.key === key ? { ...one, ...part } : one)))
}

async function send(
  entry: Upload,
  file: File,
  kind: Kind | undefined,
): Promise<string | undefined> {
  const stop = new AbortController()
  stops.set(entry.key, stop)
  try {
    const batch = await upload(
      'imports.upload',
      { fileName: file.name, ...(kind ? { kind } : {}) },
      file,
      {
        org: entry.org,
        signal: stop.signal,
        onProgress: (sentBytes, totalBytes) => change(entry.key, { sentBytes, totalBytes }),
      },
    )
    change(entry.key, { id: batch.id, sentBytes: file.size })
    return batch.id
  } catch (thrown) {
    const problem = asProblem(thrown)
    if (problem.code === 'upload.cancelled') dismissUpload(entry.key)
    else change(entry.key, { problem })
    return undefined
  } finally {
    stops.delete(entry.key)
  }
}

/** Sends files one after the other; gives the ids of the imports made of them, in the same order. */
export async function sendFiles(
  org: string,
  files: readonly File[],
  onTaken: (id: string) => void = () => {},
  kind?: Kind,
): Promise<string[]> {
  const entries = files.map((file): [Upload, File] => {
    count += 1
    return [
      { key: `upload-${count}`, org, fileName: file.name, sentBytes: 0, totalBytes: file.size },
      file,
    ]
  })
  set([...uploads.filter((one) => one.id === undefined), ...entries.map(([entry]) => entry)])
  const ids: string[] = []
  for (const [entry, file] of entries) {
    const id = uploads.some((one) => one.key === entry.key)
      ? await send(entry, file, kind)
      : undefined
    if (id === undefined) continue
    ids.push(id)
    onTaken(id)
  }
  return ids
}

/** Takes an entry off the list; one that is still being sent is stopped. */
export function dismissUpload(key: string): void {
  stops.get(key)?.abort()
  set(uploads.filter((one) => one.key !== key))
}

/** Uploads into an organisation that are on their way or were not taken. */
export function useUploads(org: string): readonly Upload[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads,
  )
  return all.filter((one) => one.org === org && one.id === undefined)
}
