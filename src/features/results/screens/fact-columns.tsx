// Facts behind a figure as rows of a table: narrow in the drawer, whole on their own page.
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, useNarrow } from '../../../web/ui/data-table.tsx'
import { resultsTexts } from '../texts.ts'

export type Fact = Answer<'results.rows'>['rows'][number]

function Amount(props: { fact: Fact; brief?: boolean }) {
  const { fact, brief } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  if (fact.score !== null) {
    const said = { score: fact.score, low: fact.scaleLow ?? 0, high: fact.scaleHigh ?? 0 }
    return t('score_of', said)
  }
  if (fact.state !== null) return <span className="k-muted">{t(`state_${fact.state}`)}</span>
  if (fact.kind === 'lost' && brief) return <span className="k-muted">{t('lost')}</span>
  if (fact.amount === null || fact.currency === null)
    return <span className="k-muted">{brief ? t('no_amount') : dash}</span>
  const foreign = fact.baseAmount === null
  return (
    <span title={format.money(fact.amount, fact.currency, { currency: true })}>
      {format.money(fact.amount, fact.currency, { digits: brief ? 'whole' : 'full' })}
      {foreign && (
        <span className="k-muted">
          {' '}
          {fact.currency} · {t('rate_missing_row')}
        </span>
      )}
    </span>
  )
}

/** Name of a fact for those who hear the table. */
export function useFactName(): (fact: Fact) => string {
  const t = useTexts(resultsTexts)
  const format = useFormat()
  return (fact) =>
    [
      t(`kind_${fact.kind}`),
      fact.customer?.name,
      fact.on === null ? undefined : format.date(fact.on),
    ]
      .filter((part) => part !== undefined)
      .join(', ')
}

function useFactDay(): (fact: Fact, year: boolean) => string {
  const format = useFormat()
  return ({ on }, year) => {
    if (on === null) return dash
    return year ? format.shortDateYear(on) : format.shortDate(on)
  }
}

const heard = (metric: string) => ['satisfaction', 'nps', 'complaint-rate'].includes(metric)

/** What the last column holds: amounts, or the score of an answer, or whether a complaint is open. */
const lastHead = (metric: string) =>
  heard(metric) ? (metric === 'complaint-rate' ? 'column_state' : 'column_score') : 'column_amount'

/** Day, customer, seller, amount: what fits into the drawer; the year only where it may differ. */
export function useBriefFactColumns(metric: string, years: boolean): Column<Fact>[] {
  const t = useTexts(resultsTexts)
  const day = useFactDay()
  return [
    {
      id: 'on',
      head: t('column_on'),
      keep: true,
      cell: (fact) => <span className="results-nowrap">{day(fact, years)}</span>,
    },
    {
      id: 'customer',
      head: t('column_customer'),
      main: true,
      cell: (fact) => fact.customer?.name ?? dash,
    },
    { id: 'seller', head: t('column_seller'), cell: (fact) => fact.seller?.name ?? dash },
    {
      id: 'amount',
      head: t(lastHead(metric)),
      align: 'right',
      keep: true,
      cell: (fact) => <Amount fact={fact} brief />,
    },
  ]
}

/** Everything there is to a fact. */
export function useFactColumns(metric: string): Column<Fact>[] {
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const day = useFactDay()
  const narrow = useNarrow()
  const quantity: Column<Fact> = {
    id: 'quantity',
    head: t('column_quantity'),
    align: 'right',
    cell: (fact) => format.number(fact.quantity, Number.isInteger(fact.quantity) ? 0 : 2),
  }
  const columns: Column<Fact>[] = [
    {
      id: 'on',
      head: t('column_on'),
      keep: true,
      width: narrow ? '64px' : '120px',
      cell: (fact) => <span className="results-nowrap">{day(fact, !narrow)}</span>,
    },
    {
      id: 'customer',
      head: t('column_customer'),
      main: true,
      cell: (fact) => fact.customer?.name ?? dash,
    },
    { id: 'product', head: t('column_product'), cell: (fact) => fact.product?.name ?? dash },
    { id: 'seller', head: t('column_seller'), cell: (fact) => fact.seller?.name ?? dash },
    { id: 'number', head: t('column_number'), cell: (fact) => fact.number ?? dash },
    {
      id: 'kind',
      head: t('column_kind'),
      cell: (fact) =>
        fact.kind === 'open' ? (fact.stage?.name ?? t('kind_open')) : t(`kind_${fact.kind}`),
    },
    ...(heard(metric) ? [] : [quantity]),
    {
      id: 'amount',
      head: t(lastHead(metric)),
      align: 'right',
      keep: true,
      cell: (fact) => <Amount fact={fact} />,
    },
  ]
  if (metric === 'margin') {
    columns.push({
      id: 'cost',
      head: t('column_cost'),
      align: 'right',
      cell: (fact) =>
        fact.cost === null || fact.currency === null
          ? dash
          : format.money(fact.cost, fact.currency),
    })
  }
  if (metric === 'sales-cycle') {
    columns.push({
      id: 'days',
      head: t('column_days'),
      align: 'right',
      cell: (fact) => (fact.days === null ? dash : format.count(fact.days)),
    })
  }
  return columns
}
