// The body of an overview, for the whole organisation, a team or a seller alike.
import { Split } from '../../../web/ui/page.tsx'
import { Changed } from './changed.tsx'
import { type Overview, OverviewSides } from './overview-sides.tsx'
import { Trend } from './trend.tsx'
import { askOf, type Chosen } from './use-selection.ts'

/** Whether anything was sold or closed in what an overview is about. */
export function holdsNothing(data: Overview): boolean {
  const { figures } = data
  const count = (metric: 'revenue' | 'deals-won' | 'win-rate' | 'pipeline') =>
    figures[metric]?.now.n ?? figures[metric]?.now.value ?? 0
  return (['revenue', 'deals-won', 'win-rate', 'pipeline'] as const).every(
    (one) => count(one) === 0,
  )
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
