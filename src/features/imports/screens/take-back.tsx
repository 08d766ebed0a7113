// Taking a whole import back, or the taking back itself; asks where rows were changed since.
import { Button, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { type Batch, useImportTexts } from './batch-words.ts'
import '../../../web/ui/form.css'

type Short = Pick<Batch, 'id' | 'fileName' | 'undoChangeId'>

export interface TakeBack {
  back: (batch: Short) => void
  redo: (batch: Short) => void
  busy: boolean
  /** The question what to do with rows changed since, while it is asked. */
  question: ReactNode
}

export function useTakeBack(): TakeBack {
  const t = useImportTexts()
  const undo = useChange('imports.undo')
  const change = useChange('changes.undo')
  const [asked, setAsked] = useState<Short>()

  const redo = async ({ fileName: name, undoChangeId }: Short) => {
    if (undoChangeId === null) return
    try {
      const { changeId } = await change.run({ id: undoChangeId })
      toast.undo(t('redone', { name }), () => change.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const back = async (batch: Short, whenChangedSince: 'keep' | 'refuse') => {
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
      if (problem.code === 'change.changed_since') setAsked(batch)
      else toast.problem(problem)
    }
  }
  const question = asked && (
    <Modal.Root
      classNames={{ content: 'k-modal' }}
      opened
      onClose={() => setAsked(undefined)}
      centered
    >
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <Modal.Title className="k-modal-title">{t('changed_title')}</Modal.Title>
        <p className="k-modal-text">{t('changed_text', { name: asked.fileName })}</p>
        <div className="k-form-buttons">
          <Button loading={undo.busy} data-autofocus onClick={() => void back(asked, 'keep')}>
            {t('changed_keep')}
          </Button>
          <Button variant="default" onClick={() => setAsked(undefined)}>
            {t('changed_nothing')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
  return {
    back: (batch) => void back(batch, 'refuse'),
    redo: (batch) => void redo(batch),
    busy: undo.busy || change.busy,
    question,
  }
}
