// Quiet messages at the foot of the page: what was done, with the way back for a few seconds.
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { translated } from '../language.ts'
import { asProblem, type Problem } from '../problem.ts'
import { partTexts } from '../texts.ts'
import type { Message } from './toast-host.tsx'

const shortMs = 5_000
const undoMs = 10_000

const load = () => import('./toast-host.tsx')
const Place = lazy(() => load().then((m) => ({ default: m.ToastPlace })))

let count = 0
const waiting = new Set<() => void>()

function show(message: Omit<Message, 'id'>): void {
  count += 1
  const id = `toast-${count}`
  for (const tell of waiting) tell()
  void load().then((m) => m.showMessage({ id, ...message }, translated(partTexts)('close')))
}

async function undone(undo: () => unknown): Promise<void> {
  try {
    await undo()
  } catch (thrown) {
    toast.problem(asProblem(thrown))
  }
}

/** What just happened, in one sentence; problems stay until they are closed. */
export const toast = {
  done: (text: string): void => show({ text, goesAfter: shortMs }),
  undo: (text: string, undo: () => unknown): void =>
    show({ text, goesAfter: undoMs, undo: () => undone(undo) }),
  problem: (problem: Problem): void =>
    show({
      alarm: true,
      text: (
        <>
          {problem.message}
          {problem.next && <span className="k-muted"> {problem.next}</span>}
        </>
      ),
    }),
}

/** Place of the messages; empty, and not even loaded, until there is one. */
export function ToastHost() {
  const needed = useSyncExternalStore(
    (tell) => {
      waiting.add(tell)
      return () => waiting.delete(tell)
    },
    () => count > 0,
  )
  if (!needed) return null
  return (
    <Suspense fallback={null}>
      <Place />
    </Suspense>
  )
}
