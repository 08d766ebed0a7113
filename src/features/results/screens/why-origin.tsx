// Where the rows behind a figure come from: imports, rows entered by hand, the revision.
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { resultsTexts } from '../texts.ts'
import type { Why } from './why-drawer.tsx'

export function WhyOrigin(props: { data: Why }) {
  const { data } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const organisation = useOrganisation().data
  const zone = organisation?.settings.zone
  return (
    <section className="results-origin" aria-label={t('origin')}>
      <ul className="results-plain-list">
        {data.imports.map((one) => (
          <li key={one.batchId}>
            {t('from_file', { rows: t('rows_count', { count: one.rows }) })}{' '}
            <ScreenLink to={`imports/${one.batchId}`}>{one.fileName}</ScreenLink>
            {', '}
            {t('imported_at', { at: format.instant(one.at, zone) })}
            {one.undone && ` · ${t('undone')}`}
          </li>
        ))}
        {data.byHand > 0 && (
          <li>
            {t(organisation?.kind === 'demo' ? 'invented' : 'by_hand', { count: data.byHand })}
          </li>
        )}
        <li>
          {t('revision', {
            revision: format.count(data.revision),
            at: format.instant(data.knownAt, zone),
          })}
        </li>
      </ul>
    </section>
  )
}
