// The list of deals: open ones first, filtered by outcome, seller, customer, product or import.
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { ChoiceChip, GivenChips, RecordList } from '../../../web/ui/record-list.tsx'
import { useSelection } from '../../../web/ui/selection.tsx'
import { dealsTexts } from '../texts.ts'
import { DealViews } from './board-screen.tsx'
import { DealForm } from './deal-form.tsx'
import { DealsBulkBar } from './deals-bulk-bar.tsx'

type Row = Answer<'deals.list'>['rows'][number]
const outcomes = ['open', 'won', 'lost'] as const
const lacking = ['seller', 'customer', 'amount'] as const

export function DealsScreen() {
  const t = useTexts(dealsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const organisation = useOperation('organisations.get', {})
  const filter = useListFilter({
    outcome: outcomes,
    sellerId: true,
    customerId: true,
    productId: true,
    stageId: true,
    batchId: true,
    without: lacking,
  })
  const list = usePages('deals.list', filter.chosen)
  const selection = useSelection()
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      head: t('customer'),
      main: true,
      cell: (row) => row.customer?.name ?? t('unnamed'),
    },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'seller', head: t('seller'), cell: (row) => row.seller?.name ?? '—' },
    { id: 'stage', head: t('stage'), cell: (row) => row.stage.name },
    {
      id: 'opened',
      head: t('opened'),
      align: 'right',
      cell: (row) => (row.openedOn ? format.date(row.openedOn) : '—'),
    },
    {
      id: 'closed',
      head: t('closed'),
      align: 'right',
      cell: (row) => (row.closedOn ? format.date(row.closedOn) : '—'),
    },
    {
      id: 'amount',
      head: t('amount'),
      align: 'right',
      keep: true,
      cell: (row) =>
        row.amount === null ? '—' : format.money(row.amount, row.currency, { currency: true }),
    },
  ]
  return (
    <RecordList
      words={t}
      finding={findingOf(t, {
        counts: organisation.data?.counts,
        filtered: filter.filtered,
        shown: list.rows.length,
        more: list.more.next !== undefined,
      })}
      exports={{ table: 'deals', filter: list.input }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      actions={<DealViews now="list" />}
      begin={() => setSearch({ deal_new: '1' })}
      chips={<Filters first={list.rows[0]} />}
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.customer?.name ?? row.externalId ?? t('no_customer')}
      rowLink={(row) => ({ to: `deals/${row.id}` })}
      selection={selection}
      below={
        <DealsBulkBar
          selection={selection}
          filter={filter.chosen}
          total={undefined}
          shown={list.rows.length}
        />
      }
    >
      {search.new && (
        <DealForm close={() => setSearch({ new: undefined })} done={(id) => go(`deals/${id}`)} />
      )}
    </RecordList>
  )
}

interface Shown {
  counts: { deals: number; openDeals: number } | undefined
  filtered: boolean
  shown: number
  more: boolean
}

/** What is on record, or how much of it fits the filters; a page knows its own rows only. */
function findingOf(
  t: ReturnType<typeof useTexts<typeof dealsTexts>>,
  { counts, filtered, shown, more }: Shown,
): string {
  if (filtered)
    return more ? t('finding_more', { count: shown }) : t('finding_fit', { count: shown })
  if (counts === undefined || counts.deals === 0) return t('finding_none')
  return t('finding', { count: counts.deals, open: counts.openDeals })
}

function Filters({ first }: { first: Row | undefined }) {
  const t = useTexts(dealsTexts)
  const stages = useOperation('stages.list', {})
  const sellers = useOperation('sellers.list', { limit: 200 })
  const options = (rows: readonly { id: string; name: string }[] = []) =>
    rows.map((one) => ({ value: one.id, label: one.name }))
  return (
    <>
      <ChoiceChip
        name="outcome"
        label={t('outcome')}
        options={outcomes.map((value) => ({ value, label: t(value) }))}
      />
      <ChoiceChip name="stageId" label={t('stage')} options={options(stages.data?.rows)} more />
      <ChoiceChip name="sellerId" label={t('seller')} options={options(sellers.data?.rows)} more />
      <ChoiceChip
        name="without"
        label={t('without')}
        options={lacking.map((value) => ({ value, label: t(value) }))}
      />
      {/* Every row shown has what was chosen, so its name can be read off the first one. */}
      <GivenChips
        of={{
          customerId: [t('customer'), first?.customer?.name],
          productId: [t('product'), first?.product?.name],
          batchId: ['', t('from_import')],
        }}
      />
    </>
  )
}
