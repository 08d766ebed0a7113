// Shown while nobody has brought the launch key, or a wrong one: says how to get in.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { takeKey } from './key.ts'
import { useTexts } from './language.ts'
import { shellTexts } from './texts.ts'
import { Mark } from './ui/icons.tsx'
import { LanguageSwitch } from './ui/language-switch.tsx'
import './key-page.css'

export function KeyPage(props: { wrong: boolean; onKey: () => void }) {
  const t = useTexts(shellTexts)
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() === '') return
    takeKey(typed)
    props.onKey()
  }
  return (
    <main className="k-key">
      <p className="k-key-mark">
        <Mark /> Kontor
      </p>
      <h1 className="k-finding">{props.wrong ? t('key_wrong') : t('key_title')}</h1>
      <p>{t('key_text')}</p>
      <p>
        {t('key_command')} <code>npm run -s kontor -- key</code>
      </p>
      <form onSubmit={submit} className="k-key-form">
        <TextInput
          label={t('key_paste')}
          description={t('key_paste_hint')}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit">{t('key_go')}</Button>
      </form>
      <LanguageSwitch />
    </main>
  )
}
