// The chips above a page of results: period, comparison, whose, filters, state of knowledge.
import type { ReactNode } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { openLayer } from '../../../web/shell-state.ts'
import { Chip, type ChipChoice, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { resultsTexts } from '../texts.ts'
import { AddFilter, FilterChip } from './filter-chip.tsx'
import { PeriodChip, type ShownPeriod } from './period-chip.tsx'
import { type FilterDimension, filterDimensions, type Where } from './selection.ts'
import type { Chosen } from './use-selection.ts'
import './results.css'

export interface SelectionChipsProps {
  chosen: Chosen
  /** Period of the answer on the screen. */
  period: ShownPeriod | undefined
  /** Offers the comparison, by the names of both periods. */
  compared?: { previous: ShownPeriod; yearAgo: ShownPeriod } | undefined
  /** What the page is about: no chip is offered for it. */
  about?: readonly FilterDimension[]
  /** Leaves the scope chip away: the page is about somebody already. */
  withoutScope?: boolean
  /** What is shown without a choice of period, where that is everything. */
  all?: string
  /** Chips that only this page has, before the filters. */
  children?: ReactNode
}

export function SelectionChips(props: SelectionChipsProps) {
  const { chosen, period, compared, about = [], withoutScope = false, all } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const scope = useScope()
  const current = withoutScope ? undefined : scope.current(chosen.where)
  const offered = filterDimensions.filter((one) => !about.includes(one))
  const set = offered.filter(
    (one) =>
      chosen.where[one] !== undefined && (current === undefined || !current.covers.includes(one)),
  )
  const filter = (where: Where) => chosen.filter(where, { replace: true })
  return (
    <Chips>
      <PeriodChip
        shown={period}
        onChoose={chosen.setPeriod}
        {...(all === undefined ? {} : { all })}
      />
      {compared && (
        <ChipMenu
          label={t('against')}
          value={chosen.against}
          options={(['previous', 'year-ago'] as const).map((value) => ({
            value,
            label: format.period(value === 'previous' ? compared.previous : compared.yearAgo),
            note: t(`against_${value}`),
          }))}
          onChoose={(value) => chosen.set('against', value === 'year-ago' ? value : undefined)}
        />
      )}
      {props.children}
      {current && (
        <ChipMenu
          label=""
          value={current.value}
          options={scope.options}
          onChoose={(value) => chosen.filter(scope.where(value))}
        />
      )}
      {set.map((dimension) => (
        <FilterChip
          key={dimension}
          dimension={dimension}
          cells={chosen.where[dimension] ?? []}
          onChange={(cells) => filter({ [dimension]: cells })}
        />
      ))}
      <Chip
        label={t('as_of')}
        value={chosen.asOf === undefined ? t('as_of_today') : format.date(chosen.asOf)}
        onClick={() => openLayer('as-of')}
        onClear={chosen.asOf === undefined ? undefined : () => chosen.set('asOf', undefined)}
      />
      <AddFilter dimensions={offered} where={chosen.where} onChange={filter} />
    </Chips>
  )
}

interface Scope {
  options: readonly ChipChoice[]
  where: (value: string) => Where
  /** What is chosen; undefined where it is none of the options. */
  current: (where: Where) => { value: string; covers: readonly FilterDimension[] } | undefined
}

const scopeDimensions = ['seller', 'team', 'office'] as const

/** Me, a team, or everyone: shorthand for the filters by seller, team and office. */
function useScope(): Scope {
  const t = useTexts(resultsTexts)
  const me = useOrganisation().data?.me
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const mine = useOperation(
    'sellers.get',
    { id: me?.seller?.id ?? '' },
    { enabled: me?.seller != null },
  )
  const myTeam = mine.data?.team ?? teams.find((team) => team.lead?.id === me?.person.id)
  const options: ChipChoice[] = [{ value: 'all', label: t('everyone') }]
  if (me?.seller) options.push({ value: 'me', label: t('me'), note: me.seller.name })
  for (const team of teams) {
    if (team.kind === 'company') continue
    options.push({
      value: team.id,
      label: team.name,
      ...(team.id === myTeam?.id
        ? { note: t('my_team') }
        : team.kind === 'office'
          ? { note: t('dimension_office') }
          : {}),
    })
  }
  return {
    options,
    where: (value) => {
      const nobody: Where = { seller: [], team: [], office: [] }
      if (value === 'me' && me?.seller) return { ...nobody, seller: [me.seller.id] }
      const team = teams.find((one) => one.id === value)
      return team ? { ...nobody, [team.kind === 'office' ? 'office' : 'team']: [value] } : nobody
    },
    current: (where) => {
      const set = scopeDimensions.filter((one) => where[one] !== undefined)
      const [dimension] = set
      if (dimension === undefined) return { value: 'all', covers: [] }
      const [cell = '', more] = where[dimension] ?? []
      if (set.length > 1 || more !== undefined) return undefined
      if (dimension === 'seller') {
        return cell === me?.seller?.id ? { value: 'me', covers: ['seller'] } : undefined
      }
      return teams.some(({ id }) => id === cell) ? { value: cell, covers: [dimension] } : undefined
    },
  }
}
