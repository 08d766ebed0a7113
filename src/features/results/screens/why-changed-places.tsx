// The places worth looking at, as sentences, each with the ways on: narrow down, why, rows.
import { ScreenLink, useSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useAskWhy } from '../../../web/ui/figure.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { resultsTexts } from '../texts.ts'
import { changesTexts } from '../texts-changes.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import { type FilterDimension, joinCells } from './selection.ts'
import { askOf, type Chosen } from './use-selection.ts'
import type { Changes } from './why-changed-screen.tsx'

export function ChangePlaces(props: { data: Changes; chosen: Chosen }) {
  const { data, chosen } = props
  const t = useTexts(changesTexts)
  const { places } = data
  if (places === null || places.length === 0) {
    return (
      <Section title={t('places')}>
        <p className="results-pop-none">{t(places === null ? 'places_unknown' : 'places_none')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('places')} note={t('places_note')}>
      <ol className="results-changed">
        {places.map((place) => (
          <li key={`${place.dimension} ${cellValue(place.cell)}`}>
            <p className="results-place">{place.text}</p>
            <PlaceWays data={data} place={place} chosen={chosen} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function PlaceWays(props: {
  data: Changes
  place: NonNullable<Changes['places']>[number]
  chosen: Chosen
}) {
  const { data, place, chosen } = props
  const t = useTexts(changesTexts)
  const words = useTexts(resultsTexts)
  const search = useSearch()
  const askWhy = useAskWhy()
  const { why: _, ...present } = search
  const dimension = words(`dimension_${place.dimension as FilterDimension}`)
  const name = cellName(place.cell, words('none_given', { dimension }))
  const cell = cellValue(place.cell)
  const narrowed = { [place.dimension]: joinCells([cell]) }
  const ask = askOf(chosen.where, data.period.id)
  return (
    <p className="results-more-ways k-no-print">
      <ScreenLink to="why-changed" search={{ ...present, ...narrowed }}>
        {t('narrow', { name })}
      </ScreenLink>
      <button
        type="button"
        className="k-link"
        onClick={() => askWhy(ask(data.metric, { [place.dimension]: [cell] }))}
      >
        {t('explain', { name })}
      </button>
      <ScreenLink
        to="rows"
        search={{ ...present, ...narrowed, metric: data.metric, period: data.period.id }}
      >
        {t('rows', { name })}
      </ScreenLink>
    </p>
  )
}
