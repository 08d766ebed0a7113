// The list of contracts: the next to end first, by customer, product, seller, or how soon they end.
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { daysAfter } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { OpenedRecord } from '../../../web/ui/opened-record.tsx'
import { ArchivedChip, ChoiceChip, GivenChips, RecordList } from '../../../web/ui/record-list.tsx'
import { contractsTexts } from '../texts.ts'
import { ContractForm } from './contract-form.tsx'
import type { Contract } from './contract-values.ts'

/** In how many days they end. */
const spans = ['30', '90', '180'] as const

export function ContractsScreen() {
  const t = useTexts(contractsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const today = useOrganisationDay()
  const filter = useListFilter({
    ends: spans,
    sellerId: true,
    customerId: true,
    productId: true,
    state: ['archived'],
  })
  const { ends, ...chosen } = filter.chosen
  const list = usePages('contracts.list', {
    ...chosen,
    ...(ends && today ? { endsBefore: daysAfter(today, Number(ends)) } : {}),
  })
  const columns: Column<Contract>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'customer', head: t('customer'), keep: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'from', head: t('from'), align: 'right', cell: (row) => format.shortDateYear(row.from) },
    {
      id: 'until',
      head: t('until'),
      align: 'right',
      keep: true,
      cell: (row) => (row.until ? format.shortDateYear(row.until) : t('open_end')),
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
  const [first] = list.rows
  return (
    <RecordList
      words={t}
      finding={
        count === 0 && !filter.filtered
          ? t('finding_none')
          : t(list.more.next ? 'finding_more' : 'finding', { count })
      }
      exports={{ table: 'contracts', filter: list.input }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <ChoiceChip
            name="ends"
            label={t('ends')}
            options={spans.map((value) => ({ value, label: t('within', { count: value }) }))}
          />
          <GivenChips
            of={{
              sellerId: [t('seller'), first?.seller?.name],
              customerId: [t('customer'), first?.customer?.name],
              productId: [t('product'), first?.product?.name],
            }}
          />
          <ArchivedChip label={t('show_archived')} />
        </>
      }
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.name}
      onOpen={(row) => setSearch({ open: row.id })}
    >
      {search.new && <ContractForm close={() => setSearch({ new: undefined })} />}
      <OpenedRecord of="contracts.get" rows={list.rows} title={t('one')}>
        {(row, close) => <ContractForm key={row.id} of={row} close={close} />}
      </OpenedRecord>
    </RecordList>
  )
}
