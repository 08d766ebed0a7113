// The keys of the grid, below it: what cannot be guessed.
import { KeyCap } from '../../../web/keys-shown.tsx'
import { useQuarantineTexts } from './quarantine-words.ts'

export function QuarantineKeys() {
  const t = useQuarantineTexts()
  return (
    <p className="quarantine-keys k-no-print">
      <span>
        <b>{t('keys_edit')}</b> {t('keys_edit_does')}
      </span>
      <span>
        <KeyCap of="control" /> <kbd>Enter</kbd> {t('keys_all_does')}
      </span>
      <span>
        <b>{t('keys_move')}</b> {t('keys_move_does')}
      </span>
      <span>
        <KeyCap of="control" /> <kbd>V</kbd> {t('keys_paste_does')}
      </span>
      <span>
        <KeyCap of="control" /> <kbd>Z</kbd> {t('keys_undo_does')}
      </span>
      <span>
        <KeyCap of="shift" /> <KeyCap of="space" /> {t('keys_choose_does')}
      </span>
    </p>
  )
}
