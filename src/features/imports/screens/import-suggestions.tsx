// Names that are probably others misspelt: each is taken as the same, or left apart.
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import { type BatchDetail, useImportTexts } from './batch-words.ts'
import type { Mapping } from './import-screen.tsx'

type Suggestion = BatchDetail['suggestions'][number]
const shownFirst = 12
const placeOf = (one: Suggestion) => `${one.kind}\t${one.value}\t${one.like}`

export function SuggestionSection({ batch, mapping }: { batch: BatchDetail; mapping: Mapping }) {
  const t = useImportTexts()
  const [all, setAll] = useState(false)
  const { suggestions } = batch
  if (suggestions.length === 0) return null
  const shown = all ? suggestions : suggestions.slice(0, shownFirst)
  const choose = (suggestion: Suggestion, accepted: boolean) => {
    const place = placeOf(suggestion)
    const accept = suggestions
      .filter((one) => (placeOf(one) === place ? accepted : one.accepted))
      .map(({ kind, value, like }) => ({ kind, value, like }))
    void mapping.run({ accept })
  }
  return (
    <Section title={t('suggestions')} note={t('suggestions_note')}>
      <ul className="imports-suggestions" aria-busy={mapping.busy}>
        {shown.map((one) => (
          <li key={placeOf(one)}>
            <span>
              {t('suggestion_is', { value: one.value, like: one.like })}{' '}
              {one.rows > 0 && (
                <span className="k-muted">{t('suggestion_rows', { count: one.rows })}</span>
              )}
            </span>
            <Pills
              label={t('suggestion_label', { value: one.value, like: one.like })}
              value={one.accepted ? 'accept' : 'leave'}
              options={[
                { value: 'accept', label: t('accept') },
                { value: 'leave', label: t('leave') },
              ]}
              onChange={(value) => choose(one, value === 'accept')}
            />
          </li>
        ))}
      </ul>
      {shown.length < suggestions.length && (
        <button type="button" className="k-link imports-more" onClick={() => setAll(true)}>
          {t('show_all', { count: suggestions.length - shown.length })}
        </button>
      )}
    </Section>
  )
}

/** What this import has taken as the same, once it is stored. */
export function UnifiedSection({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const sources = useTexts(sourcesTexts)
  const accepted = batch.suggestions.filter((one) => one.accepted)
  if (accepted.length === 0) return null
  return (
    <Section
      title={sources('unified')}
      note={sources('unified_note')}
      actions={<ScreenLink to="imports/kept">{sources('unified_all')}</ScreenLink>}
    >
      <ul className="imports-suggestions">
        {accepted.map((one) => (
          <li key={placeOf(one)}>{t('suggestion_is', { value: one.value, like: one.like })}</li>
        ))}
      </ul>
    </Section>
  )
}
