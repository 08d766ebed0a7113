// The list behind `?`: every key there is, and the switch that turns single letters off.
import { Modal, Switch } from '@mantine/core'
import { useState } from 'react'
import type { Command, Here } from './commands.ts'
import { KeysShown } from './keys-shown.tsx'
import { useTexts, useWords } from './language.ts'
import { lettersOn, setLetters } from './shortcuts.ts'
import { partTexts, shellTexts } from './texts.ts'
import { useFocusBack } from './ui/focus-back.ts'
import './shortcut-list.css'

const inLists = [
  { keys: 'j', text: 'shortcut_rows', second: 'k' },
  { keys: 'Enter', text: 'shortcut_open' },
  { keys: 'e', text: 'shortcut_why' },
  { keys: 'Esc', text: 'shortcut_close' },
  { keys: 'mod+Enter', text: 'shortcut_send' },
] as const

export interface ShortcutListProps {
  open: boolean
  close: () => void
  commands: readonly Command[]
  here: Here
}

export function ShortcutList(props: ShortcutListProps) {
  const { open, close, commands, here } = props
  const t = useTexts(shellTexts)
  const parts = useTexts(partTexts)
  const words = useWords()
  const [letters, setOn] = useState(lettersOn)
  useFocusBack()
  const withKeys = commands.filter((one) => one.keys && (one.when?.(here) ?? true))
  return (
    <Modal.Root
      classNames={{ content: 'k-modal' }}
      opened={open}
      onClose={close}
      returnFocus={false}
      centered
      size={520}
    >
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <div className="k-shortcuts-head">
          <Modal.Title className="k-modal-title">{t('shortcuts')}</Modal.Title>
          <button type="button" className="k-button-plain" onClick={close}>
            <span className="k-hidden">{parts('close')}</span>
            <kbd>Esc</kbd>
          </button>
        </div>
        <dl className="k-shortcuts">
          {withKeys.map((command) => (
            <div key={command.id}>
              <dt>{words(command.label)}</dt>
              <dd>
                <KeysShown keys={command.keys ?? ''} />
              </dd>
            </div>
          ))}
        </dl>
        <h3 className="k-shortcuts-part">{t('shortcuts_lists')}</h3>
        <dl className="k-shortcuts">
          {inLists.map((line) => (
            <div key={line.keys}>
              <dt>{t(line.text)}</dt>
              <dd>
                <KeysShown keys={line.keys} />{' '}
                {'second' in line && <KeysShown keys={line.second} />}
              </dd>
            </div>
          ))}
        </dl>
        <Switch
          mt="md"
          label={t('shortcuts_off')}
          checked={letters}
          withThumbIndicator={false}
          onChange={(event) => {
            setOn(event.currentTarget.checked)
            setLetters(event.currentTarget.checked)
          }}
        />
      </Modal.Content>
    </Modal.Root>
  )
}
