// A question without dimensions: its figures side by side, each with what it is compared with.
import { useFormat, useTexts } from '../../../web/language.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { exploreTexts } from '../texts-explore.ts'
import type { Crossed } from './cross-table.tsx'
import { DifferenceText } from './difference-text.tsx'
import { type Asking, useNames } from './use-question.ts'
import { askOf } from './use-selection.ts'

export function TotalFigures({ answer, asking }: { answer: Crossed; asking: Asking }) {
  const { question, chosen, metrics } = asking
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const names = useNames()
  const ask = askOf(chosen.where, answer.period.id)
  const against =
    answer.compared === null
      ? undefined
      : (answer.compared.name ?? format.period(answer.compared.period))
  return (
    <dl className="cards-figures explore-totals">
      {question.metrics.map((id) => {
        const compared = answer.total[id]
        if (!compared) return null
        return (
          <div key={id}>
            <dt>{names.metric(id)}</dt>
            <dd>
              <Figure
                figure={compared.now}
                name={names.metric(id)}
                why={ask(id)}
                size="big"
                unit
                interval="below"
              />
              {against !== undefined && (
                <p className="cards-note">
                  {t('difference')}:{' '}
                  <DifferenceText compared={compared} metric={id} metrics={metrics} /> · {against}
                </p>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
