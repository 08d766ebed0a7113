// The list of contracts: the next to end first, by customer, product, seller, or how soon they end.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { contractsTexts } from '../texts.ts'
import { ContractForm } from './contract-form.tsx'
import type { Contract } from './contract-values.ts'

const references = ['sellerId', 'customerId', 'productId'] as const
const spans = [30, 90, 180] as const

/** The day so many days after one. */
function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)
}

export function ContractsScreen() {
  const t = useTexts(contractsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const today = useOrganisationDay()
  const archived = search.state === 'archived'
  const span = spans.find((one) => String(one) === search.ends)
  const chosen = references.filter((name) => search[name] !== undefined)
  const list = usePages('contracts.list', {
    ...(archived ? { state: 'archived' as const } : {}),
    ...(span && today ? { endsBefore: daysAfter(today, span) } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const filtered = archived || span !== undefined || chosen.length > 0
  const clear = () =>
    setSearch({
      state: undefined,
      ends: undefined,
      ...Object.fromEntries(references.map((name) => [name, undefined])),
    })
  const columns: Column<Contract>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'customer', head: t('customer'), keep: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'from', head: t('from'), align: 'right', cell: (row) => format.date(row.from) },
    {
      id: 'until',
      head: t('until'),
      align: 'right',
      keep: true,
      cell: (row) => (row.until ? format.date(row.until) : t('open_end')),
    },
    { id: 'renewal', head: t('renewal'), cell: (row) => t(row.renewal) },
    {
      id: 'amount',
      head: t('amount'),
      align: 'right',
      cell: (row) =>
        row.amount === null || row.currency === null
          ? '—'
          : `${format.money(row.amount, row.currency, { currency: true })} / ${t(row.every)}`,
    },
  ]
  const count = list.rows.length
  const finding =
    count === 0 && !filtered
      ? t('finding_none')
      : t(list.more.next ? 'finding_more' : 'finding', { count })
  const begin = () => setSearch({ new: '1' })
  const open = list.rows.find((row) => row.id === search.open)
  const [first] = list.rows
  const named = {
    sellerId: [t('seller'), first?.seller?.name],
    customerId: [t('customer'), first?.customer?.name],
    productId: [t('product'), first?.product?.name],
  } as const
  return (
    <Page
      finding={finding}
      exports={{ table: 'contracts', filter: list.input }}
      note={t('note')}
      actions={<Button onClick={begin}>{t('add')}</Button>}
      chips={
        <Chips>
          <ChipMenu
            label={t('ends')}
            {...(span ? { value: t('within', { count: span }) } : {})}
            options={spans.map((one) => ({
              value: String(one),
              label: t('within', { count: one }),
            }))}
            onChoose={(value) => setSearch({ ends: value })}
            onClear={() => setSearch({ ends: undefined })}
          />
          {chosen.map((name) => (
            <Chip
              key={name}
              label={named[name][0]}
              value={named[name][1] ?? '—'}
              onClear={() => setSearch({ [name]: undefined })}
            />
          ))}
          <Chip
            label={t('show_archived')}
            {...(archived
              ? { value: t('show_archived'), onClear: () => setSearch({ state: undefined }) }
              : { onClick: () => setSearch({ state: 'archived' }) })}
          />
        </Chips>
      }
    >
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
              rowLabel={(row) => row.name}
              onOpen={(row) => setSearch({ open: row.id })}
              more={list.more}
              stale={list.query.isStale}
            />
          )
        }
      </Answered>
      {search.new && <ContractForm close={() => setSearch({ new: undefined })} />}
      {open && (
        <ContractForm key={open.id} of={open} close={() => setSearch({ open: undefined })} />
      )}
    </Page>
  )
}
