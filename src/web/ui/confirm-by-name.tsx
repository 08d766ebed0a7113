// For the irreversible only: names the thing and its consequence, and has the name typed.
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './form.css'

export interface ConfirmByNameProps {
  open: boolean
  /** Question as a title: “Remove the demo organisation?” */
  title: string
  /** What has to be typed. */
  name: string
  /** What will be gone, in one or two sentences. */
  consequence: string
  /** Verb and noun on the button. */
  action: string
  busy?: boolean
  onConfirm: () => void
  close: () => void
}

export function ConfirmByName(props: ConfirmByNameProps) {
  const { open, title, name, consequence, action, busy = false, onConfirm, close } = props
  const t = useTexts(partTexts)
  const [typed, setTyped] = useState('')
  const matches = typed.trim() === name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (matches && !busy) onConfirm()
  }
  return (
    <Modal.Root
      classNames={{ content: 'k-modal' }}
      opened={open}
      onClose={close}
      centered
      onExitTransitionEnd={() => setTyped('')}
    >
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <form onSubmit={submit}>
          <Modal.Title className="k-modal-title">{title}</Modal.Title>
          <p className="k-modal-text">{consequence}</p>
          <TextInput
            label={t('confirm_type', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <div className="k-form-buttons">
            <Button color="attention" type="submit" disabled={!matches} loading={busy}>
              {action}
            </Button>
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  )
}
