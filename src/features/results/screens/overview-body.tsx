// The body of an overview, for the whole organisation, a team or a seller alike.
import { Split } from '../../../web/ui/page.tsx'
import { Changed } from './changed.tsx'
import { type Overview, OverviewSides } from './overview-sides.tsx'
import { Trend } from './trend.tsx'
import { askOf, type Chosen } from './use-selection.ts'

/** Metrics of which one is more than 0 where anything happened. */
const telling = ['revenue', 'deals-won', 'win-rate', 'pipeline', 'satisfaction', 'nps'] as const

/** Whether anything was sold, closed or heard of customers in what an overview is about. */
export function holdsNothing(data: Overview): boolean {
  const { figures } = data
  return telling.every((one) => (figures[one]?.now.n ?? figures[one]?.now.value ?? 0) === 0)
}

export function OverviewBody(props: { data: Overview; chosen: Chosen }) {
  const { data, chosen } = props
  const ask = askOf(chosen.where, data.period.id)
  return (
    <>
      <OverviewSides data={data} against={chosen.against} ask={ask} />
      <Split main={<Trend data={data} />} side={<Changed data={data} ask={ask} />} />
    </>
  )
}
