// Rows pasted from a spreadsheet: what came is counted at once, and goes the same way as a file.
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { pasted } from '../calc/pasted.ts'
import { sourcesTexts } from '../texts-sources.ts'
import { type Kind, kindOrder, useImportTexts } from './batch-words.ts'

const linesShown = 6

export interface PasteRowsProps {
  /** What was pasted before this opened, if anything. */
  first: string
  take: (file: File, kind: Kind | undefined) => void
  close: () => void
}

export function PasteRows({ first, take, close }: PasteRowsProps) {
  const t = useTexts(sourcesTexts)
  const kinds = useImportTexts()
  const [text, setText] = useState(first)
  const [kind, setKind] = useState<Kind>()
  const { rows, columns } = pasted(text)
  const send = () => take(new File([text], t('paste_name'), { type: 'text/plain' }), kind)
  return (
    <Section title={t('paste')} note={t('paste_note')}>
      <Textarea
        label={t('paste_field')}
        value={text}
        rows={linesShown}
        spellCheck={false}
        classNames={{ input: 'imports-paste' }}
        ref={(field) => {
          if (field && !field.dataset.met) {
            field.dataset.met = ''
            field.focus()
          }
        }}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && rows.length > 0) send()
        }}
      />
      <p className="imports-paste-seen" aria-live="polite">
        {rows.length === 0
          ? t('paste_none')
          : t('paste_seen', {
              rows: t('paste_rows', { count: rows.length }),
              columns: t('paste_columns', { count: columns }),
            })}
      </p>
      <div className="imports-kinds imports-paste-ways">
        <NativeSelect
          label={t('paste_kind')}
          value={kind ?? ''}
          data={[
            { value: '', label: t('paste_any') },
            ...kindOrder.map((value) => ({ value, label: kinds(`kind_${value}`) })),
          ]}
          onChange={(event) => setKind(kindOrder.find((one) => one === event.currentTarget.value))}
        />
        <Button disabled={rows.length === 0} onClick={send}>
          {t('paste_go')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('paste_close')}
        </Button>
      </div>
    </Section>
  )
}

/** What is pasted while nobody types opens the field with it. */
export function usePasteAnywhere(onText: (text: string) => void): void {
  const take = useRef(onText)
  take.current = onText
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select')
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (typing || text.trim() === '' || document.querySelector('[role="dialog"]')) return
      event.preventDefault()
      take.current(text)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
