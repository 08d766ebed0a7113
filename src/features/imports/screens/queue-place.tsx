// Which of several files is on the screen, and the way to the next and back to all.
import { ScreenLink, useSearch } from '../../../web/address.tsx'
import { useImportTexts } from './batch-words.ts'

/** Ids in the address of the page for several files. */
export function idsIn(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((id) => id !== '')
}

export function QueuePlace({ id }: { id: string }) {
  const t = useImportTexts()
  const search = useSearch()
  const ids = idsIn(search.ids)
  const at = ids.indexOf(id)
  if (at < 0) return null
  const next = ids[at + 1]
  const together = { ids: ids.join(',') }
  return (
    <nav className="imports-place" aria-label={t('queue')}>
      <span className="k-muted">{t('queue_place', { at: at + 1, total: ids.length })}</span>
      <ScreenLink to="imports/queue" search={together}>
        {t('queue_back')}
      </ScreenLink>
      {next !== undefined && (
        <ScreenLink to={`imports/${next}`} search={together}>
          {t('queue_next')}
        </ScreenLink>
      )}
    </nav>
  )
}
