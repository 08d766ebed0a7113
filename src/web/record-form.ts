// The values of a record's form and their way to the server: a new record or a change of one, what to
// do when somebody else was faster, the word of success with its undo.
import { useState } from 'react'
import { useGo } from './address.tsx'
import type { Problem } from './problem.ts'
import { useChange } from './queries.ts'
import { isConflict } from './ui/record-conflict.tsx'
import { toast } from './ui/toast.tsx'

interface Written {
  id: string
  changeId: string
}

/** What a form needs to know of a writing operation. */
interface Write {
  busy: boolean
  problem: Problem | undefined
  reset: () => void
}

interface RecordFormGiven<Values> {
  /** What the form begins with. */
  begin: Values
  /** Version of the record that is changed; absent: a new one is made. */
  version: number | undefined
  /** The operation that changes it, and the others of the form. */
  edit: Write
  others: readonly Write[]
  /** Sends what is typed, over the version in hand; undefined: it cannot be sent yet. */
  send: (values: Values, over: { version?: number }) => Promise<Written> | undefined
  /** What is said once it is done. */
  said: (values: Values) => string
  close: () => void
  done?: ((id: string) => void) | undefined
  /** Its list: what was just made and taken back has no page any more. */
  list?: string
}

export function useRecordForm<Values extends object>(given: RecordFormGiven<Values>) {
  const { begin, edit, others, send, said, close, done, list } = given
  const [values, setValues] = useState<Values>(begin)
  const [version, setVersion] = useState(given.version)
  const undo = useChange('changes.undo')
  const go = useGo()
  const problem = [edit, ...others].find((one) => one.problem)?.problem
  const set =
    <Key extends keyof Values>(key: Key) =>
    (value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  /** Says what was done, with the way back. */
  const say = (words: string, { id, changeId }: Written) => {
    const leave = () => {
      if (given.version === undefined && list && location.pathname.endsWith(id)) go(list)
    }
    toast.undo(words, () => undo.run({ id: changeId }).then(leave))
  }
  const finish = (words: string, written: Written) => {
    say(words, written)
    close()
  }
  /** `stay`: what happens instead of closing. */
  const save = async (over = version, stay?: () => void) => {
    const written = await send(values, over === undefined ? {} : { version: over })?.catch(
      () => undefined,
    )
    if (!written) return
    say(said(values), written)
    if (stay) return stay()
    close()
    done?.(written.id)
  }
  return {
    values,
    set,
    setValues,
    save,
    /** For other writes of the form: the word of success, and it closes. */
    finish,
    /** Of the version in hand: for other writes of the form. */
    over: version === undefined ? {} : { version },
    /** What the form is given. */
    sending: {
      onSubmit: () => save(),
      busy: edit.busy || others.some((one) => one.busy),
      problem: isConflict(problem) ? undefined : problem,
      cancel: close,
    },
    /** What the notice of two versions is given. */
    conflict: {
      problem: edit.problem,
      mine: values,
      busy: edit.busy,
      takeMine: (current: number) => void save(current),
      takeTheirs: (theirs: Values, current: number) => {
        setValues(theirs)
        setVersion(current)
        edit.reset()
      },
    },
  }
}
