// What a person should know before storing: dates probably swapped, words nobody knows.
import { useLanguage } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { type BatchDetail, useImportTexts } from './batch-words.ts'

export function NoteSection({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const language = useLanguage()
  if (batch.notes.length === 0) return null
  return (
    <Section title={t('to_know')}>
      <ul className="imports-notes">
        {batch.notes.map(({ code, text }) => (
          <li key={`${code} ${text.en}`}>{text[language]}</li>
        ))}
      </ul>
    </Section>
  )
}
