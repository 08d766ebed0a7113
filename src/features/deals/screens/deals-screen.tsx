// The list of deals: open ones first, filtered by outcome, seller, customer, product or import.
import { Button } from '@mantine/core'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { type Selection, useSelection } from '../../../web/ui/selection.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { dealsTexts } from '../texts.ts'
import { DealViews } from './board-screen.tsx'
import { DealForm } from './deal-form.tsx'
import { DealsBulkBar } from './deals-bulk-bar.tsx'

type Row = Answer<'deals.list'>['rows'][number]
type Outcome = Row['outcome']
const outcomes: readonly Outcome[] = ['open', 'won', 'lost']
const lacking = ['seller', 'customer', 'amount'] as const
const references = ['sellerId', 'customerId', 'productId', 'stageId', 'batchId'] as const
type Reference = (typeof references)[number]
/** Those that are chosen elsewhere and only read here. */
const isRead = (name: Reference): name is Exclude<Reference, 'sellerId' | 'stageId'> =>
  name !== 'sellerId' && name !== 'stageId'

export function DealsScreen() {
  const t = useTexts(dealsTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const organisation = useOperation('organisations.get', {})
  const outcome = outcomes.find((one) => one === search.outcome)
  const chosen = references.filter((name) => search[name] !== undefined)
  const without = lacking.find((one) => one === search.without)
  const filter = {
    ...(outcome ? { outcome } : {}),
    ...(without ? { without } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  }
  const list = usePages('deals.list', filter)
  const selection = useSelection()
  const filtered = outcome !== undefined || without !== undefined || chosen.length > 0
  const clear = () =>
    setSearch({
      outcome: undefined,
      without: undefined,
      ...Object.fromEntries(references.map((name) => [name, undefined])),
    })
  const counts = organisation.data?.counts
  const finding = findingOf(t, {
    counts,
    filtered,
    shown: list.rows.length,
    more: list.more.next !== undefined,
  })
  return (
    <Page
      finding={finding}
      note={t('note')}
      actions={
        <>
          <DealViews now="list" />
          <Button onClick={() => setSearch({ deal_new: '1' })}>{t('add')}</Button>
        </>
      }
      chips={<Filters outcome={outcome} chosen={chosen} first={list.rows[0]} />}
    >
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(filtered ? 'nothing_for_filter' : 'nothing_yet')}
              text={t(filtered ? 'nothing_for_filter_text' : 'nothing_yet_text')}
              action={
                filtered
                  ? { label: t('clear'), run: clear }
                  : { label: t('add'), run: () => setSearch({ deal_new: '1' }) }
              }
            />
          ) : (
            <>
              <DealsTable
                rows={list.rows}
                more={list.more}
                stale={list.query.isStale}
                caption={finding}
                selection={selection}
              />
              <DealsBulkBar
                selection={selection}
                filter={filter}
                total={undefined}
                shown={list.rows.length}
              />
            </>
          )
        }
      </Answered>
      {search.new && (
        <DealForm close={() => setSearch({ new: undefined })} done={(id) => go(`deals/${id}`)} />
      )}
    </Page>
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

function Filters(props: {
  outcome: Outcome | undefined
  chosen: readonly Reference[]
  first: Row | undefined
}) {
  const { outcome, chosen, first } = props
  const t = useTexts(dealsTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const stages = useOperation('stages.list', {})
  const sellers = useOperation('sellers.list', { limit: 200 })
  // Every row shown has the chosen reference, so its name can be read off the first one.
  const named = {
    customerId: [t('customer'), first?.customer?.name],
    productId: [t('product'), first?.product?.name],
    batchId: ['', t('from_import')],
  } as const
  return (
    <Chips>
      <ChipMenu
        label={t('outcome')}
        {...(outcome ? { value: outcome } : {})}
        options={outcomes.map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => setSearch({ outcome: value })}
        onClear={() => setSearch({ outcome: undefined })}
      />
      <ChipMenu
        label={t('stage')}
        {...(search.stageId ? { value: search.stageId } : {})}
        options={(stages.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChoose={(value) => setSearch({ stageId: value })}
        onClear={() => setSearch({ stageId: undefined })}
      />
      <ChipMenu
        label={t('seller')}
        {...(search.sellerId ? { value: search.sellerId } : {})}
        options={(sellers.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChoose={(value) => setSearch({ sellerId: value })}
        onClear={() => setSearch({ sellerId: undefined })}
      />
      <ChipMenu
        label={t('without')}
        {...(search.without ? { value: search.without } : {})}
        options={lacking.map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => setSearch({ without: value })}
        onClear={() => setSearch({ without: undefined })}
      />
      {chosen.filter(isRead).map((name) => (
        <Chip
          key={name}
          label={named[name][0]}
          value={named[name][1] ?? '—'}
          onClear={() => setSearch({ [name]: undefined })}
        />
      ))}
    </Chips>
  )
}

interface DealsTableProps {
  rows: readonly Row[]
  caption: string
  more?: Parameters<typeof DataTable<Row>>[0]['more']
  stale?: boolean
  selection: Selection
}

function DealsTable(props: DealsTableProps) {
  const t = useTexts(dealsTexts)
  const format = useFormat()
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      head: t('customer'),
      main: true,
      cell: (row) => row.customer?.name ?? t('unnamed'),
    },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'seller', head: t('seller'), cell: (row) => row.seller?.name ?? '—' },
    { id: 'stage', head: t('stage'), keep: true, cell: (row) => row.stage.name },
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
    <DataTable
      caption={props.caption}
      rows={props.rows}
      columns={columns}
      rowId={(row) => row.id}
      rowLabel={(row) => row.customer?.name ?? row.externalId ?? t('no_customer')}
      rowLink={(row) => ({ to: `deals/${row.id}` })}
      {...(props.more ? { more: props.more } : {})}
      stale={props.stale ?? false}
      selection={props.selection}
    />
  )
}
