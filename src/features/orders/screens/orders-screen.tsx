// The list of orders: newest first, by kind, customer, seller, product, number or import.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { ordersTexts } from '../texts.ts'
import { OrderForm } from './order-form.tsx'
import type { OrderRow } from './order-values.ts'

const kinds = ['sale', 'return'] as const
const references = ['sellerId', 'customerId', 'productId', 'batchId'] as const

export function OrdersScreen() {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const [typed, setTyped] = useState(search.search ?? '')
  const kind = kinds.find((one) => one === search.kind)
  const chosen = references.filter((name) => search[name] !== undefined)
  const list = usePages('orders.list', {
    ...(kind ? { kind } : {}),
    ...(search.search ? { search: search.search } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const filtered = kind !== undefined || chosen.length > 0 || search.search !== undefined
  const clear = () => {
    setTyped('')
    setSearch({
      kind: undefined,
      search: undefined,
      ...Object.fromEntries(references.map((name) => [name, undefined])),
    })
  }
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
  const finding =
    count === 0 && !filtered
      ? t('finding_none')
      : t(list.more.next ? 'finding_more' : 'finding', { count })
  const begin = () => setSearch({ new: '1' })
  return (
    <Page
      finding={finding}
      exports={{
        table: 'orders',
        filter: list.input,
        also: { table: 'order-lines', label: t('lines') },
      }}
      note={t('note')}
      actions={<Button onClick={begin}>{t('add')}</Button>}
      chips={
        <Filters
          kind={kind}
          chosen={chosen}
          first={list.rows.find((row) => row.seller?.id === search.sellerId) ?? list.rows[0]}
        />
      }
    >
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        data-search
        maw={320}
        mb="sm"
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setSearch({ search: event.currentTarget.value || undefined }, { replace: true })
        }}
      />
      <Answered query={list.query} shape="table">
        {() =>
          count === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(filtered ? 'nothing_for_filter' : 'nothing_yet')}
              text={t(filtered ? 'nothing_for_filter_text' : 'nothing_yet_text')}
              action={
                filtered ? { label: t('clear'), run: clear } : { label: t('add'), run: begin }
              }
            />
          ) : (
            <DataTable
              caption={finding}
              rows={list.rows}
              columns={columns}
              rowId={(row) => row.id}
              rowLabel={(row) => row.number ?? t('no_number')}
              rowLink={(row) => ({ to: `orders/${row.id}` })}
              more={list.more}
              stale={list.query.isStale}
            />
          )
        }
      </Answered>
      {search.new && (
        <OrderForm close={() => setSearch({ new: undefined })} done={(id) => go(`orders/${id}`)} />
      )}
    </Page>
  )
}

function Filters(props: {
  kind: OrderRow['kind'] | undefined
  chosen: readonly (typeof references)[number][]
  first: OrderRow | undefined
}) {
  const { kind, chosen, first } = props
  const t = useTexts(ordersTexts)
  const setSearch = useSetSearch()
  // Every row shown has the chosen reference, so its name can be read off one of them.
  const named = {
    sellerId: [t('seller'), first?.seller?.name],
    customerId: [t('customer'), first?.customer?.name],
    productId: [t('product'), undefined],
    batchId: ['', t('from_import')],
  } as const
  return (
    <Chips>
      <ChipMenu
        label={t('kind')}
        {...(kind ? { value: t(kind) } : {})}
        options={kinds.map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => setSearch({ kind: value })}
        onClear={() => setSearch({ kind: undefined })}
      />
      {chosen.map((name) => (
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
