// The list of orders: newest first, by kind, customer, seller, product, number or import.
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { usePages } from '../../../web/pages.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { ChoiceChip, PartyChips, RecordList } from '../../../web/ui/record-list.tsx'
import { ordersTexts } from '../texts.ts'
import { OrderForm } from './order-form.tsx'
import type { OrderRow } from './order-values.ts'

const kinds = ['sale', 'return'] as const

export function OrdersScreen() {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const filter = useListFilter({
    kind: kinds,
    search: true,
    sellerId: true,
    customerId: true,
    productId: true,
    batchId: true,
  })
  const list = usePages('orders.list', filter.chosen)
  const columns: Column<OrderRow>[] = [
    {
      id: 'number',
      head: t('number'),
      main: true,
      cell: (row) => row.number ?? t('no_number'),
    },
    { id: 'kind', head: t('kind'), cell: (row) => t(row.kind) },
    { id: 'customer', head: t('customer'), keep: true, cell: (row) => row.customer?.name ?? '—' },
    {
      id: 'seller',
      head: t('seller'),
      cell: (row) =>
        row.seller?.name ?? (row.sellers > 1 ? t('several_sellers', { count: row.sellers }) : '—'),
    },
    { id: 'lines', head: t('lines'), align: 'right', cell: (row) => format.count(row.lines) },
    {
      id: 'on',
      head: t('on'),
      align: 'right',
      cell: (row) => (row.on ? format.date(row.on) : '—'),
    },
    {
      id: 'amount',
      head: t('amount'),
      align: 'right',
      keep: true,
      cell: (row) => format.money(row.amount, row.currency, { currency: true }),
    },
  ]
  const count = list.rows.length
  // Every row shown has the chosen customer; an order of several sellers names none, another one does.
  const first = list.rows.find((row) => row.seller?.id === search.sellerId) ?? list.rows[0]
  return (
    <RecordList
      words={t}
      finding={
        count === 0 && !filter.filtered
          ? t('finding_none')
          : t(list.more.next ? 'finding_more' : 'finding', { count })
      }
      exports={{
        table: 'orders',
        filter: list.input,
        also: { table: 'order-lines', label: t('lines') },
      }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <ChoiceChip
            name="kind"
            label={t('kind')}
            options={kinds.map((value) => ({ value, label: t(value) }))}
          />
          <PartyChips words={t} row={first} />
        </>
      }
      search={t('search')}
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.number ?? t('no_number')}
      rowLink={(row) => ({ to: `orders/${row.id}` })}
    >
      {search.new && (
        <OrderForm close={() => setSearch({ new: undefined })} done={(id) => go(`orders/${id}`)} />
      )}
    </RecordList>
  )
}
