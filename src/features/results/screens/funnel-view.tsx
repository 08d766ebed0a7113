// The funnel: deals opened in a period followed through the stages, with shares, intervals and times.
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Section } from '../../../web/ui/page.tsx'
import type { DimensionId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import { exploreTexts } from '../texts-explore.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import type { Where } from './selection.ts'
import { askOf } from './use-selection.ts'

export type Funnel = Answer<'results.funnel'>

/** The questions behind the figures of a funnel: the same deals, followed. */
function asksOf({ period }: Funnel, where: Where) {
  const within = askOf(where, period.byDefault ? undefined : period.id)
  const followed = { cohort: period.byDefault ? 'all' : period.id }
  const ever = askOf(where, undefined)
  return {
    reached: (stage: string, more?: Where) => within('deals-opened', more, { reached: stage }),
    days: (stage: string) => ever('time-in-stage', { stage: [stage] }, followed),
    won: (more?: Where) => ever('deals-won', more, followed),
    winRate: (more?: Where) => ever('win-rate', more, followed),
    cycle: (more?: Where) => ever('sales-cycle', more, followed),
  }
}

export function FunnelView({ funnel, where }: { funnel: Funnel; where: Where }) {
  const t = useTexts(exploreTexts)
  const { steps, opened, won, winRate, cycle } = funnel
  const asks = asksOf(funnel, where)
  const bar = (count: number) => (
    <span className="explore-step" aria-hidden="true">
      <span style={{ inlineSize: `${opened === 0 ? 0 : (count / largest) * 100}%` }} />
    </span>
  )
  const largest = Math.max(1, ...steps.map(({ reached }) => reached), won)
  return (
    <div className="explore-stack">
      <dl className="cards-figures">
        <div>
          <dt>{t('funnel_win_rate')}</dt>
          <dd>
            <Figure
              figure={winRate}
              name={t('funnel_win_rate')}
              unit
              interval="beside"
              why={asks.winRate()}
            />
          </dd>
        </div>
        <div>
          <dt>{t('funnel_cycle')}</dt>
          <dd>
            <Figure
              figure={cycle}
              name={t('funnel_cycle')}
              digits={0}
              unit
              interval="beside"
              why={asks.cycle()}
            />
          </dd>
        </div>
      </dl>
      {funnel.note && <p className="k-section-note">{funnel.note}</p>}
      {steps.length > 0 && (
        <div className="explore-table">
          <table className="k-table explore-funnel">
            <caption className="k-hidden">{t('form_funnel')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('funnel_stage')}</th>
                <td />
                <th scope="col" className="k-right">
                  {t('funnel_reached')}
                </th>
                <th scope="col" className="k-right">
                  {t('funnel_onward')}
                </th>
                <th scope="col" className="k-right">
                  {t('funnel_days')}
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map(({ stage, reached, onward, days }) => (
                <tr key={stage.id}>
                  <th scope="row">{stage.name}</th>
                  <td className="explore-step-cell">{bar(reached)}</td>
                  <td className="k-right">
                    <Figure
                      figure={{ value: reached, unit: 'count' }}
                      name={`${stage.name}, ${t('funnel_reached')}`}
                      why={asks.reached(stage.id)}
                    />
                  </td>
                  <td className="k-right">
                    <Figure
                      figure={onward}
                      name={`${stage.name}, ${t('funnel_onward')}`}
                      digits={0}
                      unit
                      interval="below"
                    />
                  </td>
                  <td className="k-right">
                    <Figure
                      figure={days}
                      name={`${stage.name}, ${t('funnel_days')}`}
                      digits={0}
                      interval="below"
                      why={asks.days(stage.id)}
                    />
                  </td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t('funnel_won')}</th>
                <td className="explore-step-cell">{bar(won)}</td>
                <td className="k-right">
                  <Figure
                    figure={{ value: won, unit: 'count' }}
                    name={t('funnel_won')}
                    why={asks.won()}
                  />
                </td>
                <td />
                <td />
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {steps.length > 0 && funnel.unknown > 0 && (
        <p className="k-section-note">{t('funnel_unknown', { count: funnel.unknown })}</p>
      )}
    </div>
  )
}

type Group = Funnel['groups'][number]

/** The funnel of each cell of a dimension, one under the other. */
export function FunnelGroups(props: {
  funnel: Funnel
  where: Where
  by: DimensionId
  name: string
}) {
  const { funnel, where, by, name } = props
  const t = useTexts(exploreTexts)
  const words = useTexts(resultsTexts)
  const format = useFormat()
  const asks = asksOf(funnel, where)
  const none = words('none_given', { dimension: name })
  const of = (group: Group): Where => ({ [by]: [cellValue(group.cell)] })
  const stages = funnel.steps.map(({ stage }) => stage)
  const columns: Column<Group>[] = [
    { id: 'cell', head: name, main: true, cell: ({ cell }) => cellName(cell, none) },
    {
      id: 'opened',
      head: t('funnel_opened'),
      align: 'right',
      cell: ({ opened }) => format.count(opened),
    },
    ...stages.map(
      (stage, place): Column<Group> => ({
        id: stage.id,
        head: stage.name,
        align: 'right',
        cell: (group) => {
          const step = group.steps[place]
          // Where the way of too many is not on record there are no steps.
          return step === undefined ? (
            <span title={group.note ?? ''}>{'\u2014'}</span>
          ) : (
            <Figure
              figure={{ value: step.reached, unit: 'count' }}
              name={`${cellName(group.cell, none)}, ${stage.name}`}
              why={asks.reached(stage.id, of(group))}
            />
          )
        },
      }),
    ),
    {
      id: 'won',
      head: t('funnel_won'),
      align: 'right',
      cell: (group) => (
        <Figure
          figure={{ value: group.won, unit: 'count' }}
          name={`${cellName(group.cell, none)}, ${t('funnel_won')}`}
          why={asks.won(of(group))}
        />
      ),
    },
    {
      id: 'rate',
      head: words('metric_win-rate'),
      align: 'right',
      keep: true,
      cell: (group) => (
        <Figure
          figure={group.winRate}
          name={`${cellName(group.cell, none)}, ${words('metric_win-rate')}`}
          digits={0}
          interval="below"
          why={asks.winRate(of(group))}
        />
      ),
    },
    {
      id: 'cycle',
      head: words('metric_sales-cycle'),
      align: 'right',
      cell: (group) => (
        <Figure
          figure={group.cycle}
          name={`${cellName(group.cell, none)}, ${words('metric_sales-cycle')}`}
          digits={0}
          interval="below"
          why={asks.cycle(of(group))}
        />
      ),
    },
  ]
  return (
    <Section title={t('groups', { name })}>
      <DataTable
        caption={t('groups', { name })}
        rows={funnel.groups}
        columns={columns}
        rowId={({ cell }) => cellValue(cell)}
        rowLabel={({ cell }) => cellName(cell, none)}
      />
      {funnel.groupCount > funnel.groups.length && (
        <p className="k-section-note">
          {t('more_bars', { shown: funnel.groups.length, count: funnel.groupCount })}
        </p>
      )}
    </Section>
  )
}
