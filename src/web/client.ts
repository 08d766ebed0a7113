// The typed way to the server: one function per kind of traffic, no path written by hand.
import { fileTypes, type GivenInputOf, type OutputOf } from '../basics/contract.ts'
import { type Route, requestLine } from '../basics/route.ts'
import { fileNameOf } from './file-name.ts'
import { launchKey } from './key.ts'
import { type Contracts, operationRoutes } from './operations.generated.ts'
import { Problem, problemFrom, unreachable } from './problem.ts'

export type OperationName = keyof Contracts & string
export type Given<Name extends OperationName> = GivenInputOf<Contracts[Name]>
export type Answer<Name extends OperationName> = FromJson<OutputOf<Contracts[Name]>>

/** What JSON can bring: a part is there or absent, never there as `undefined`. */
type FromJson<T> = T extends object ? { [Key in keyof T]: FromJson<Exclude<T[Key], undefined>> } : T

export interface CallOptions {
  /** Slug of the organisation; operations that work without one leave it away. */
  org?: string
  /** Version of the record as it was opened; the server refuses when it has moved on. */
  version?: number | string
  /** Same key, same effect: repeat a write with the key of its first try. */
  idempotencyKey?: string
  signal?: AbortSignal
}

interface Prepared {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/** Random text for one attempt to write; also where `randomUUID` is absent (plain http). */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Method, address, headers and body of a call. */
export function prepare(name: string, input: unknown, options: CallOptions = {}): Prepared {
  const routes: Readonly<Record<string, Route>> = operationRoutes
  const route = routes[name]
  if (!route) throw new Error(`No operation is called ${name}`)
  const line = requestLine(route, typeof input === 'object' && input !== null ? { ...input } : {})
  const key = launchKey()
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    ...(key === undefined ? {} : { 'Kontor-Key': key }),
    ...(options.org ? { 'Kontor-Org': options.org } : {}),
    ...(route.method === 'GET' ? {} : { 'Idempotency-Key': options.idempotencyKey ?? newKey() }),
    ...(options.version === undefined ? {} : { 'If-Match': `"${options.version}"` }),
    ...(line.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
  return {
    method: route.method,
    url: line.target,
    headers,
    ...(line.body === undefined ? {} : { body: line.body }),
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Watcher = (reachable: boolean, problem?: Problem) => void
const watchers = new Set<Watcher>()

/** Told after every request whether the server answered; the reconnect notice lives on it. */
export function watchServer(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function tell(reachable: boolean, problem?: Problem): void {
  for (const watcher of watchers) watcher(reachable, problem)
}

async function send(request: Prepared, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      credentials: 'omit',
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const problem = unreachable()
    tell(false, problem)
    throw problem
  }
  if (response.ok) {
    tell(true)
    return response
  }
  const problem = await problemFrom(response.status, parsed(await response.text()))
  tell(true, problem)
  throw problem
}

/** Calls an operation and gives its answer; throws {@link Problem} otherwise. */
export async function call<Name extends OperationName>(
  name: Name,
  input: Given<Name>,
  options: CallOptions = {},
): Promise<Answer<Name>> {
  const response = await send(prepare(name, input, options), options.signal)
  // The server has checked the answer against the contract from which this type comes.
  return parsed(await response.text()) as Answer<Name>
}

export interface UploadOptions extends CallOptions {
  onProgress?: (sentBytes: number, totalBytes: number) => void
}

/**
 * Sends a file as the body of an operation. XMLHttpRequest, because fetch tells no upload progress.
 */
export function upload<Name extends OperationName>(
  name: Name,
  input: Given<Name>,
  file: Blob,
  options: UploadOptions = {},
): Promise<Answer<Name>> {
  const request = prepare(name, input, options)
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(request.method, request.url)
    for (const [header, value] of Object.entries(request.headers)) {
      xhr.setRequestHeader(header, value)
    }
    xhr.setRequestHeader('Content-Type', 'application/octet-stream')
    xhr.upload.onprogress = (event) => options.onProgress?.(event.loaded, file.size)
    xhr.onload = () => {
      const body = parsed(xhr.responseText)
      if (xhr.status >= 200 && xhr.status < 300) {
        tell(true)
        resolve(body as Answer<Name>)
      } else {
        void problemFrom(xhr.status, body).then((problem) => {
          tell(true, problem)
          reject(problem)
        })
      }
    }
    xhr.onerror = () => {
      const problem = unreachable()
      tell(false, problem)
      reject(problem)
    }
    xhr.onabort = () =>
      reject(new Problem({ code: 'upload.cancelled', message: 'Cancelled.', status: 0 }))
    options.signal?.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(file)
  })
}

/** The body, counted while it comes. */
async function received(
  response: Response,
  { onProgress, signal }: { onProgress?: (receivedBytes: number) => void; signal?: AbortSignal },
): Promise<Blob> {
  if (!response.body || onProgress === undefined) return response.blob()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  try {
    for (let reader = response.body.getReader(); ; ) {
      const { value, done } = await reader.read()
      if (done) return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' })
      parts.push(value)
      bytes += value.length
      onProgress(bytes)
    }
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const problem = unreachable()
    tell(false, problem)
    throw problem
  }
}

/**
 * Fetches an answer as a file and hands it to the browser; the key stays in the header. Without a name
 * of its own the file is called as the server calls it.
 */
export async function download<Name extends OperationName>(
  name: Name,
  input: Given<Name>,
  options: CallOptions & { name?: string; onProgress?: (receivedBytes: number) => void },
): Promise<void> {
  const request = prepare(name, input, options)
  request.headers.Accept = `${Object.values(fileTypes).join(', ')}, application/problem+json`
  const response = await send(request, options.signal)
  const called = options.name ?? fileNameOf(response.headers.get('Content-Disposition')) ?? 'kontor'
  const address = URL.createObjectURL(await received(response, options))
  const link = document.createElement('a')
  link.href = address
  link.download = called
  link.click()
  // The browser has taken hold of the blob once the click is handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
