// The band that stands above every page while figures are told as they were known on an earlier day.
import { useRouterState } from '@tanstack/react-router'
import { screenAt } from '../basics/screen-at.ts'
import { useSearch, useSetSearch } from './address.tsx'
import { asOfIn, asOfName } from './as-of.ts'
import { useFormat, useTexts } from './language.ts'
import type { Screen } from './screens.ts'
import { openLayer } from './shell-state.ts'
import { shellTexts } from './texts.ts'

export function AsOfBand(props: { screens: readonly Screen[] }) {
  const t = useTexts(shellTexts)
  const format = useFormat()
  const day = asOfIn(useSearch())
  const setSearch = useSetSearch()
  const place = useRouterState({
    select: (state) => state.location.pathname.split('/').slice(2).join('/'),
  })
  if (day === undefined) return null
  const heeds = screenAt(props.screens, place)?.asOf ?? false
  return (
    <aside className="k-as-of" aria-label={t('as_of_known', { date: format.date(day) })}>
      <b>{t('as_of_known', { date: format.date(day) })}</b>
      <span className="k-as-of-more">{t(heeds ? 'as_of_attributes' : 'as_of_not_here')}</span>
      <span className="k-as-of-ways k-no-print">
        <button type="button" className="k-link" onClick={() => openLayer('as-of')}>
          {t('as_of_change')}
        </button>
        <button
          type="button"
          className="k-link"
          onClick={() => setSearch({ [asOfName]: undefined })}
        >
          {t('as_of_back')}
        </button>
      </span>
    </aside>
  )
}
