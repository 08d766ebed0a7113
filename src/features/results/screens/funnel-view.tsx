// The funnel: deals opened in a period followed through the stages, with shares, intervals and times.
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { exploreTexts } from '../texts-explore.ts'

export type Funnel = Answer<'results.funnel'>

export function FunnelView({ funnel }: { funnel: Funnel }) {
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const { steps, opened, won, winRate, cycle } = funnel
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
            <Figure figure={winRate} name={t('funnel_win_rate')} unit interval="beside" />
          </dd>
        </div>
        <div>
          <dt>{t('funnel_cycle')}</dt>
          <dd>
            <Figure figure={cycle} name={t('funnel_cycle')} digits={0} unit interval="beside" />
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
                  <td className="k-right">{format.count(reached)}</td>
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
                    />
                  </td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t('funnel_won')}</th>
                <td className="explore-step-cell">{bar(won)}</td>
                <td className="k-right">{format.count(won)}</td>
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
