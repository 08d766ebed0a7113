// English or German, kept in this browser.
import { setLanguage, useLanguage, useTexts } from '../language.ts'
import { shellTexts } from '../texts.ts'
import type { Language } from '../typed-texts.ts'
import { Pills } from './pills.tsx'

const options: readonly { value: Language; label: string; lang: string }[] = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'de', label: 'Deutsch', lang: 'de' },
]

export function LanguageSwitch() {
  const t = useTexts(shellTexts)
  return (
    <Pills
      label={t('language')}
      labelled
      value={useLanguage()}
      options={options}
      onChange={setLanguage}
    />
  )
}
