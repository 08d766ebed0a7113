// A question without dimensions: its figures side by side, each with what it is compared with.
import { Figure } from '../../../web/ui/figure.tsx'
import type { Crossed } from './cross-table.tsx'
import { DifferenceText } from './difference-text.tsx'
import { type Asking, useNames } from './use-question.ts'
import { askOf } from './use-selection.ts'

export function TotalFigures({ answer, asking }: { answer: Crossed; asking: Asking }) {
  const { question, chosen, metrics } = asking
  const names = useNames()
  const ask = askOf(chosen.where, answer.period.id)
  return (
    <dl className="explore-totals">
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
                interval="beside"
              />
              {answer.compared && (
                <p className="cards-note">
                  <DifferenceText
                    compared={compared}
                    metric={id}
                    metrics={metrics}
                    against={answer.compared.kind}
                  />
                </p>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
