// Facts behind a figure as rows of a table: narrow in the drawer, whole on their own page.
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
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
  if (fact.activity !== null)
    return <span className="k-muted">{t(`activity_${fact.activity}`)}</span>
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
const acted = (metric: string) => ['activities', 'activities-per-win'].includes(metric)

/** What the last column holds: amounts, the score of an answer, whether a complaint is open, what was done. */
const lastHead = (metric: string) => {
  if (acted(metric)) return 'column_kind'
  if (!heard(metric)) return 'column_amount'
  return metric === 'complaint-rate' ? 'column_state' : 'column_score'
}

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
  const currency = useOrganisation().data?.settings.baseCurrency ?? ''
  const quantity: Column<Fact> = {
    id: 'quantity',
    head: t('column_quantity'),
    align: 'right',
    cell: (fact) => format.number(fact.quantity, Number.isInteger(fact.quantity) ? 0 : 2),
  }
  const kind: Column<Fact> = {
    id: 'kind',
    head: t(metric === 'time-in-stage' ? 'column_stage' : 'column_kind'),
    cell: (fact) =>
      fact.kind === 'open' || fact.kind === 'stay'
        ? (fact.stage?.name ?? t(`kind_${fact.kind}`))
        : t(`kind_${fact.kind}`),
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
    {
      id: 'number',
      head: t(acted(metric) ? 'column_subject' : 'column_number'),
      cell: (fact) =>
        acted(metric) ? (
          (fact.number ?? dash)
        ) : (
          <span className="results-nowrap">{fact.number ?? dash}</span>
        ),
    },
    ...(acted(metric) ? [] : [kind]),
    ...(heard(metric) || acted(metric) ? [] : [quantity]),
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
      cell: (fact) => (fact.cost === null ? dash : format.money(fact.cost, currency)),
    })
  }
  if (metric === 'weighted-pipeline') {
    columns.push(
      {
        id: 'chance',
        head: t('column_chance'),
        align: 'right',
        cell: (fact) => (fact.chance === null ? dash : format.rate(fact.chance)),
      },
      {
        id: 'weighted',
        head: t('column_weighted'),
        align: 'right',
        cell: (fact) => (fact.weighted === null ? dash : format.money(fact.weighted, currency)),
      },
    )
  }
  if (metric === 'discount') {
    columns.push({
      id: 'list',
      head: t('column_list'),
      align: 'right',
      cell: (fact) => (fact.listAmount === null ? dash : format.money(fact.listAmount, currency)),
    })
  }
  if (metric === 'retention') {
    columns.push({
      id: 'repeat',
      head: t('column_back'),
      align: 'right',
      cell: (fact) => t(fact.repeat ? 'yes' : 'no'),
    })
  }
  if (metric === 'sales-cycle' || metric === 'time-in-stage') {
    columns.push({
      id: 'days',
      head: t(metric === 'time-in-stage' ? 'column_days_in' : 'column_days'),
      align: 'right',
      cell: (fact) => (fact.days === null ? dash : format.count(fact.days)),
    })
  }
  return columns
}
