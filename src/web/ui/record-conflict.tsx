// Shows both versions when a record was changed by someone else since it was opened.
import type { Problem } from '../problem.ts'
import { type ConflictField, ConflictNotice } from './conflict-notice.tsx'

export interface RecordConflictProps<T extends object> {
  /** Last problem of the write; only `record.changed` is shown here. */
  problem: Problem | undefined
  mine: T
  /** The stored columns of the other version, as a form of this kind. */
  read: (columns: Readonly<Record<string, unknown>>) => T
  fields: readonly ConflictField<T>[]
  /** Saves mine over the version that is there now. */
  takeMine: (version: number) => void
  takeTheirs: (theirs: T, version: number) => void
  busy: boolean
}

interface Particulars {
  version: number
  theirs: Record<string, unknown>
}

export function isConflict(problem: Problem | undefined): boolean {
  return problem?.code === 'record.changed'
}

export function RecordConflict<T extends object>(props: RecordConflictProps<T>) {
  const { problem, mine, read, fields, busy } = props
  if (!problem || !isConflict(problem)) return null
  const { version, theirs } = problem.particulars as Particulars
  const other = read(theirs)
  return (
    <ConflictNotice
      mine={mine}
      theirs={other}
      fields={fields}
      busy={busy}
      onTakeMine={() => props.takeMine(version)}
      onTakeTheirs={() => props.takeTheirs(other, version)}
    />
  )
}
