// Keeping how a file was read under a name, for the next file with the same headers.
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import type { BatchDetail } from './batch-words.ts'
import '../../../web/ui/form.css'

export function KeepMapping({ batch }: { batch: BatchDetail }) {
  const t = useTexts(sourcesTexts)
  const parts = useTexts(partTexts)
  const save = useChange('imports.save-mapping')
  const undo = useChange('changes.undo')
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(batch.readBy ?? batch.fileName.replace(/\.[^.]*(\.gz)?$/, ''))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    try {
      const { changeId } = await save.run({ id: batch.id, name: name.trim() })
      setOpen(false)
      toast.undo(t('kept', { name: name.trim() }), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {t('keep')}
      </Button>
      {open && (
        <Modal.Root
          classNames={{ content: 'k-modal' }}
          opened
          onClose={() => setOpen(false)}
          centered
        >
          <Modal.Overlay className="k-veil" />
          <Modal.Content>
            <form onSubmit={(event) => void submit(event)}>
              <Modal.Title className="k-modal-title">{t('keep')}</Modal.Title>
              <p className="k-modal-text">{t('keep_text')}</p>
              <TextInput
                label={t('keep_name')}
                value={name}
                maxLength={200}
                autoComplete="off"
                data-autofocus
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <div className="k-form-buttons">
                <Button type="submit" disabled={name.trim() === ''} loading={save.busy}>
                  {t('keep')}
                </Button>
                <Button variant="default" onClick={() => setOpen(false)}>
                  {parts('cancel')}
                </Button>
              </div>
            </form>
          </Modal.Content>
        </Modal.Root>
      )}
    </>
  )
}
