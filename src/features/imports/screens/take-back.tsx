// Taking a whole import back, or the taking back itself; asks where rows were changed since.
import { Button, Modal } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useFormat } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { type Batch, useImportTexts } from './batch-words.ts'
import '../../../web/ui/form.css'

type Short = Pick<Batch, 'id' | 'fileName' | 'undoChangeId'>
type Choice = 'keep' | 'refuse'

export interface TakeBack {
  back: (batch: Short) => void
  redo: (batch: Short) => void
  busy: boolean
  /** The question what to do with rows changed since, while it is asked. */
  question: ReactNode
}

/** What would have to stay, as the refusal says it. */
interface Staying {
  count: number
  /** Of those listed: how many for which reason. */
  changed: number
  needed: number
}

function stayingOf(particulars: unknown): Staying {
  const given: { keptCount?: unknown; kept?: unknown } =
    typeof particulars === 'object' && particulars !== null ? particulars : {}
  const kept: unknown[] = Array.isArray(given.kept) ? given.kept : []
  const changed = kept.filter(
    (one) =>
      typeof one === 'object' && one !== null && 'reason' in one && one.reason === 'changed_since',
  ).length
  const count = typeof given.keptCount === 'number' ? given.keptCount : kept.length
  return { count, changed, needed: kept.length - changed }
}

export function useTakeBack(): TakeBack {
  const t = useImportTexts()
  const undo = useChange('imports.undo')
  const change = useChange('changes.undo')
  const [asked, setAsked] = useState<{ batch: Short; staying: Staying }>()

  const redo = async ({ fileName: name, undoChangeId }: Short) => {
    if (undoChangeId === null) return
    try {
      const { changeId } = await change.run({ id: undoChangeId })
      toast.undo(t('redone', { name }), () => change.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const back = async (batch: Short, whenChangedSince: Choice) => {
    try {
      const { changeId, kept } = await undo.run({ id: batch.id, whenChangedSince })
      setAsked(undefined)
      const said = [
        t('undone', { name: batch.fileName }),
        ...(kept.length > 0 ? [t('undone_kept', { count: kept.length })] : []),
      ]
      toast.undo(said.join(' '), () => change.run({ id: changeId }))
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.code === 'change.changed_since')
        setAsked({ batch, staying: stayingOf(problem.particulars) })
      else toast.problem(problem)
    }
  }
  const question = asked && (
    <ChangedSince
      name={asked.batch.fileName}
      staying={asked.staying}
      busy={undo.busy}
      choose={(choice) => {
        if (choice === 'keep') void back(asked.batch, 'keep')
        else setAsked(undefined)
      }}
      close={() => setAsked(undefined)}
    />
  )
  return {
    back: (batch) => void back(batch, 'refuse'),
    redo: (batch) => void redo(batch),
    busy: undo.busy || change.busy,
    question,
  }
}

/** The choice of what becomes of rows changed since, each with what it would mean. */
function ChangedSince(props: {
  name: string
  staying: Staying
  busy: boolean
  choose: (choice: Choice) => void
  close: () => void
}) {
  const { name, staying, busy, choose, close } = props
  const t = useImportTexts()
  const format = useFormat()
  const group = useId()
  const [choice, setChoice] = useState<Choice>('keep')
  const what = format.list([
    ...(staying.changed > 0 ? [t('changed_since', { count: staying.changed })] : []),
    ...(staying.needed > 0 ? [t('referred_to', { count: staying.needed })] : []),
  ])
  const options = [
    { value: 'keep', label: t('changed_keep'), means: t('changed_keep_means') },
    { value: 'refuse', label: t('changed_nothing'), means: t('changed_nothing_means') },
  ] as const
  return (
    <Modal.Root classNames={{ content: 'k-modal' }} opened onClose={close} centered>
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <Modal.Title className="k-modal-title">{t('changed_title')}</Modal.Title>
        <p className="k-modal-text">{t('changed_count', { count: staying.count, name, what })}</p>
        <fieldset className="imports-choice">
          <legend className="k-hidden">{t('changed_choice')}</legend>
          {options.map((option) => (
            <label key={option.value}>
              <input
                type="radio"
                name={group}
                checked={choice === option.value}
                data-autofocus={choice === option.value || undefined}
                onChange={() => setChoice(option.value)}
              />
              <span>
                <b>{option.label}</b>
                <span className="k-muted">{option.means}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="k-form-buttons">
          <Button loading={busy} onClick={() => choose(choice)}>
            {t(choice === 'keep' ? 'changed_do' : 'changed_leave')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
