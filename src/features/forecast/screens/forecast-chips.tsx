// Above the forecast: what is asked, by which periods, how far ahead, and whose.
import { useSetSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { AddFilter, FilterChip } from '../../results/screens/filter-chip.tsx'
import { forecastTexts } from '../texts.ts'
import { type ForecastQuestion, forecastMetrics, grains, horizons } from './question.ts'

export function ForecastChips({ question }: { question: ForecastQuestion }) {
  const t = useTexts(forecastTexts)
  const setSearch = useSetSearch()
  const { metric, by, horizon, team, seller } = question
  const ahead = (count: number) => t(`ahead_${by}`, { count })
  return (
    <Chips>
      <ChipMenu
        label={t('metric')}
        value={metric}
        options={forecastMetrics.map((value) => ({ value, label: t(`metric_${value}`) }))}
        onChoose={(value) => setSearch({ metric: value })}
      />
      <ChipMenu
        label={t('by')}
        value={by}
        options={grains.map((value) => ({ value, label: t(`by_${value}`) }))}
        onChoose={(value) => setSearch({ by: value, horizon: undefined })}
      />
      <ChipMenu
        label={t('horizon')}
        value={ahead(horizon)}
        options={horizons[by].map((count) => ({ value: String(count), label: ahead(count) }))}
        onChoose={(value) => setSearch({ horizon: value })}
      />
      <WhoseChip team={team} seller={seller} />
    </Chips>
  )
}

/** Whose forecast: one team or one seller at a time, the last one chosen. */
export function WhoseChip(props: { team: string | undefined; seller: string | undefined }) {
  const { team, seller } = props
  const setSearch = useSetSearch()
  const whose = (dimension: 'team' | 'seller', cells: readonly string[]) =>
    setSearch({ team: undefined, seller: undefined, [dimension]: cells.at(-1) })
  const chosen = team !== undefined ? 'team' : seller !== undefined ? 'seller' : undefined
  return chosen === undefined ? (
    <AddFilter
      dimensions={['team', 'seller']}
      where={{}}
      onChange={(where) => {
        if (where.team) whose('team', where.team)
        else if (where.seller) whose('seller', where.seller)
      }}
    />
  ) : (
    <FilterChip
      dimension={chosen}
      cells={[(chosen === 'team' ? team : seller) ?? '']}
      onChange={(cells) => whose(chosen, cells)}
    />
  )
}
