// The cohort grid: each row the customers who first bought in a period, each column the time since; one hue in steps.
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { intervalText, useAskWhy } from '../../../web/ui/figure.tsx'
import { exploreTexts } from '../texts-explore.ts'
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

/** The days of a cohort, for its name. */
function cohortRange(id: string): { id: string; from: string; until: string } {
  const year = Number(id.slice(0, 4))
  const months = id.length === 4 ? 12 : id.includes('Q') ? 3 : 1
  const place = months === 12 ? 0 : Number(id.slice(months === 3 ? 6 : 5)) - 1
  const day = (month: number) => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
  return { id, from: day(place * months), until: day((place + 1) * months) }
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

export function CohortGrid({ cohorts, where }: { cohorts: Cohorts; where: Where }) {
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const askWhy = useAskWhy()
  const ask = askOf(where, cohorts.period.id)
  const rows = cohorts.rows.slice(-rowsMost)
  const ages = Math.max(0, ...rows.map(({ active }) => active.length))
  const cell = (cohort: string, customers: number, age: number, figure: FigureShape) => {
    const value = figure.value === undefined ? '–' : format.rate(figure.value)
    return t('cohorts_cell', {
      cohort,
      age,
      grains: t(`grains_of_${cohorts.grain}`),
      value,
      count: format.count(customers),
      interval: intervalText(figure, format) ?? '–',
    })
  }
  return (
    <div className="explore-table">
      <table className="explore-cohorts">
        <caption className="k-hidden">{t('form_cohorts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('cohorts_first')}</th>
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
        <tbody>
          {rows.map(({ cohort: id, customers, active }) => {
            const cohort = format.period(cohortRange(id))
            return (
              <tr key={id}>
                <th scope="row">{cohort}</th>
                <td className="k-right">
                  <button
                    type="button"
                    className="k-figure-value k-figure-asks"
                    aria-label={`${cohort}, ${t('cohorts_customers')}: ${format.count(customers)}`}
                    onClick={() => askWhy(ask('new-customers', { [cohorts.grain]: [id] }))}
                  >
                    {format.count(customers)}
                  </button>
                </td>
                {active.map((figure, age) => {
                  const words = cell(cohort, customers, age, figure)
                  return (
                    <td
                      key={`${cohort} ${age.toString()}`}
                      data-shade={age === 0 ? 0 : shadeOf(figure.value)}
                      title={words}
                    >
                      <span aria-hidden="true">
                        {figure.value === undefined ? '–' : Math.round(figure.value * 100)}
                      </span>
                      <span className="k-hidden">{words}</span>
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
      {cohorts.rows.length > rows.length && (
        <p className="k-section-note">
          {t('cohorts_newest', { shown: rows.length, count: cohorts.rows.length })}
        </p>
      )}
    </div>
  )
}
