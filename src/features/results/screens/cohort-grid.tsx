// The cohort grid: each row the customers who first bought in a period, each column the time since; one hue in steps.
import type { KeyboardEvent } from 'react'
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { intervalText, useAskWhy } from '../../../web/ui/figure.tsx'
import type { WhyQuestion } from '../../../web/why.ts'
import type { DimensionId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import { exploreTexts } from '../texts-explore.ts'
import { cohortWithin, periodAfter } from './cohort-days.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import type { Where } from './selection.ts'
import { askOf } from './use-selection.ts'

export type Cohorts = Answer<'results.cohorts'>

/** Lower ends of the steps of shade: enough to tell apart in grey, too. */
const steps = [0.05, 0.15, 0.3, 0.5, 0.75]
/** Cohorts and ages drawn at once; the newest are those people ask about. */
const rowsMost = 36

export function shadeOf(value: number | undefined): number {
  return value === undefined ? 0 : steps.filter((from) => value >= from).length
}

/** Of everybody whose next period is over: how many bought in it. */
export function boughtAgain({ rows }: Pick<Cohorts, 'rows'>): { count: number; share: number } {
  let [count, bought] = [0, 0]
  for (const { customers, active } of rows) {
    const share = active[1]?.value
    if (share === undefined) continue
    count += customers
    bought += Math.round(share * customers)
  }
  return { count, share: count === 0 ? 0 : bought / count }
}

interface Row {
  id: string
  name: string
  customers: number
  active: readonly FigureShape[]
  /** Who they are. */
  whole: WhyQuestion
  /** Who of them bought so many periods later; absent where that is no question of its own. */
  at?: (age: number) => WhyQuestion
}

export function CohortGrid({ cohorts, where }: { cohorts: Cohorts; where: Where }) {
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const shown = cohorts.rows.slice(-rowsMost)
  const rows = shown.map(({ cohort: id, customers, active }): Row => {
    const cohort = cohortWithin(id, cohorts.period)
    return {
      id,
      name: format.period(periodAfter(id, 0)),
      customers,
      active,
      whole: askOf(where, cohort)('new-customers'),
      at: (age) => askOf(where, periodAfter(id, age).id)('customers', {}, { cohort }),
    }
  })
  return (
    <>
      <Grid
        caption={t('form_cohorts')}
        head={t('cohorts_first')}
        grain={cohorts.grain}
        rows={rows}
      />
      {cohorts.rows.length > rows.length && (
        <p className="k-section-note">
          {t('cohorts_newest', { shown: rows.length, count: cohorts.rows.length })}
        </p>
      )}
    </>
  )
}

/** All cohorts together, for each cell of a dimension. */
export function CohortGroups(props: {
  cohorts: Cohorts
  where: Where
  by: DimensionId
  name: string
}) {
  const { cohorts, where, by, name } = props
  const t = useTexts(exploreTexts)
  const words = useTexts(resultsTexts)
  const { groups, groupCount, period } = cohorts
  const none = words('none_given', { dimension: name })
  const within = period.byDefault ? `${period.from}..${period.until}` : period.id
  const rows = groups.map(
    ({ cell, customers, active }): Row => ({
      id: cellValue(cell),
      name: cellName(cell, none),
      customers,
      active: active.slice(0, rowsMost),
      whole: askOf(where, within)('new-customers', { [by]: [cellValue(cell)] }),
    }),
  )
  return (
    <>
      <Grid caption={name} head={name} grain={cohorts.grain} rows={rows} />
      {groupCount > rows.length && (
        <p className="k-section-note">
          {t('more_bars', { shown: rows.length, count: groupCount })}
        </p>
      )}
    </>
  )
}

function Grid(props: {
  caption: string
  head: string
  grain: Cohorts['grain']
  rows: readonly Row[]
}) {
  const { caption, head, grain, rows } = props
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const askWhy = useAskWhy()
  const ages = Math.max(0, ...rows.map(({ active }) => active.length))
  const saying = ({ name, customers }: Row, age: number, figure: FigureShape) =>
    t('cohorts_cell', {
      cohort: name,
      age,
      grains: t(`grains_of_${grain}`),
      value: figure.value === undefined ? '–' : format.rate(figure.value),
      count: format.count(figure.n ?? customers),
      interval: intervalText(figure, format) ?? '–',
    })
  return (
    <div className="explore-table">
      <table className="explore-cohorts">
        <caption className="k-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="k-right">
              {t('cohorts_customers')}
            </th>
            {Array.from({ length: ages }, (_, age) => (
              <th key={`age ${age.toString()}`} scope="col">
                {age}
              </th>
            ))}
          </tr>
        </thead>
        {/* Arrow keys go from cell to cell, so that each row is one stop of the Tab key. */}
        <tbody onKeyDown={moveByArrows}>
          {rows.map((row) => {
            const { id, name, customers, active, whole, at } = row
            return (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td className="k-right">
                  <button
                    type="button"
                    className="k-figure-value k-figure-asks"
                    aria-label={`${name}, ${t('cohorts_customers')}: ${format.count(customers)}`}
                    onClick={() => askWhy(whole)}
                  >
                    {format.count(customers)}
                  </button>
                </td>
                {active.map((figure, age) => {
                  const words = saying(row, age, figure)
                  const percent =
                    figure.value === undefined ? '–' : Math.round(figure.value * 100).toString()
                  return (
                    <td
                      key={`${id} ${age.toString()}`}
                      data-shade={age === 0 ? 0 : shadeOf(figure.value)}
                      title={words}
                    >
                      {at && figure.value !== undefined ? (
                        <button
                          type="button"
                          className="explore-cohort-cell"
                          tabIndex={-1}
                          aria-label={words}
                          onClick={() => askWhy(at(age))}
                        >
                          {percent}
                        </button>
                      ) : (
                        <>
                          <span aria-hidden="true">{percent}</span>
                          <span className="k-hidden">{words}</span>
                        </>
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function moveByArrows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const move = moves[event.key]
  const cell = (event.target as HTMLElement).closest('td')
  const row = cell?.closest('tr')
  if (!move || !cell || !row || event.ctrlKey || event.metaKey || event.altKey) return
  const [down, right] = move
  const next = event.currentTarget.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right]
  const button = next?.querySelector('button')
  if (!button) return
  event.preventDefault()
  button.focus()
}
