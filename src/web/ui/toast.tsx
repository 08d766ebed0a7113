// Quiet messages at the foot of the page: what was done, with the way back for a few seconds.
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useTexts } from '../language.ts'
import { asProblem, type Problem } from '../problem.ts'
import { partTexts } from '../texts.ts'
import './toast.css'

const shortMs = 5_000
const undoMs = 10_000

function UndoMessage(props: { text: string; id: string; undo: () => unknown }) {
  const t = useTexts(partTexts)
  const run = async () => {
    notifications.hide(props.id)
    try {
      await props.undo()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <span className="k-toast-line">
      <span>{props.text}</span>
      <button type="button" className="k-link" onClick={() => void run()}>
        {t('undo')}
      </button>
    </span>
  )
}

let last = 0

function show(message: ReactNode, autoClose: number | false, alarm = false, id?: string): void {
  last += 1
  notifications.show({
    id: id ?? `toast-${last}`,
    message,
    autoClose,
    withCloseButton: true,
    className: alarm ? 'k-toast k-toast-alarm' : 'k-toast',
  })
}

/** What just happened, in one sentence; problems stay until they are closed. */
export const toast = {
  done: (text: string): void => show(text, shortMs),
  undo: (text: string, undo: () => unknown): void => {
    last += 1
    const id = `toast-undo-${last}`
    show(<UndoMessage text={text} id={id} undo={undo} />, undoMs, false, id)
  },
  problem: (problem: Problem): void =>
    show(
      <span>
        {problem.message}
        {problem.next && <span className="k-muted"> {problem.next}</span>}
      </span>,
      false,
      true,
    ),
}
