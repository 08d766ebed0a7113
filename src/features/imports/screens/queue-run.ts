// Imports several waiting files one after the other; goes on when the person looks at another page.
import { useSyncExternalStore } from 'react'
import { call } from '../../../web/client.ts'
import type { Batch, BatchDetail } from './batch-words.ts'
import { kindOrder } from './batch-words.ts'

export interface QueueRun {
  running: boolean
  /** Imports left alone because the ones before them brought new suggestions. */
  look: readonly string[]
}

const watchMs = 500
const idle: QueueRun = { running: false, look: [] }
const runs = new Map<string, QueueRun>()
const listeners = new Set<() => void>()

function set(org: string, run: QueueRun): void {
  runs.set(org, run)
  for (const listener of listeners) listener()
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Files in the order in which they find each other's records. */
export function inOrder<T extends Pick<Batch, 'kind'>>(batches: readonly T[]): T[] {
  return [...batches].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
}

const openSuggestions = (batch: Pick<BatchDetail, 'suggestions'>) =>
  batch.suggestions
    .filter((one) => !one.accepted)
    .map((one) => `${one.kind}\t${one.value}\t${one.like}`)

async function applied(org: string, id: string): Promise<boolean> {
  await call('imports.apply', { id }, { org })
  for (;;) {
    const { state } = await call('imports.get', { id }, { org })
    if (state !== 'applying') return state === 'applied'
    await wait(watchMs)
  }
}

/**
 * Applies the given imports. After one has come in, the next is read again: it may now resemble
 * records that were not there before, and then it is left for the person to look at.
 * @param told called after each, and at the end
 */
export async function runQueue(
  org: string,
  batches: readonly BatchDetail[],
  told: () => unknown,
): Promise<void> {
  if (runs.get(org)?.running) return
  const look: string[] = []
  set(org, { running: true, look })
  let before = false
  try {
    for (const batch of inOrder(batches)) {
      const known = new Set(openSuggestions(batch))
      const now = before ? await call('imports.set-mapping', { id: batch.id }, { org }) : batch
      if (now.state !== 'ready' || openSuggestions(now).some((one) => !known.has(one))) {
        look.push(batch.id)
        set(org, { running: true, look: [...look] })
      } else if (await applied(org, batch.id)) {
        before = true
      }
      told()
    }
  } finally {
    set(org, { running: false, look: [...look] })
    told()
  }
}

export function useQueueRun(org: string): QueueRun {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => runs.get(org) ?? idle,
  )
}
