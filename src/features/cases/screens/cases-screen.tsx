// The list of cases: newest first, by kind, state, customer, seller, product or import.
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, useNarrow } from '../../../web/ui/data-table.tsx'
import { OpenedRecord } from '../../../web/ui/opened-record.tsx'
import { ChoiceChip, PartyChips, RecordList } from '../../../web/ui/record-list.tsx'
import { casesTexts } from '../texts.ts'
import { CaseForm } from './case-form.tsx'
import { type Case, kinds, states } from './case-values.ts'

export function CasesScreen() {
  const t = useTexts(casesTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const filter = useListFilter({
    kind: kinds,
    state: states,
    sellerId: true,
    customerId: true,
    productId: true,
    batchId: true,
  })
  const list = usePages('cases.list', { count: true, ...filter.chosen })
  const name = (row: Case) => {
    const day = format.date(row.day)
    return row.customer
      ? t('of_customer', { customer: row.customer.name, day })
      : t('edit_title', { day })
  }
  const narrow = useNarrow()
  const day = (on: string) => (narrow ? format.shortDateYear(on) : format.date(on))
  const columns: Column<Case>[] = [
    { id: 'customer', head: t('customer'), main: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'kind', head: t('kind'), cell: (row) => t(row.kind) },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'seller', head: t('seller'), cell: (row) => row.seller?.name ?? '—' },
    { id: 'channel', head: t('channel'), cell: (row) => row.channel ?? '—' },
    { id: 'number', head: t('number'), cell: (row) => row.externalId ?? '—' },
    { id: 'day', head: t('day'), align: 'right', keep: true, cell: (row) => day(row.day) },
    { id: 'state', head: t('state'), keep: true, cell: (row) => t(row.state) },
    { id: 'status', head: t('status'), cell: (row) => row.status ?? '—' },
  ]
  const count = list.total ?? list.rows.length
  const finding = () => {
    if (filter.filtered) return t('finding_fit', { count })
    return count === 0 ? t('finding_none') : t('finding', { count })
  }
  return (
    <RecordList
      words={t}
      finding={finding()}
      exports={{ table: 'cases', filter: list.input }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <ChoiceChip
            name="state"
            label={t('state')}
            options={states.map((value) => ({ value, label: t(value) }))}
          />
          <ChoiceChip
            name="kind"
            label={t('kind')}
            options={kinds.map((value) => ({ value, label: t(value) }))}
          />
          <PartyChips words={t} row={list.rows[0]} />
        </>
      }
      rows={list.rows}
      columns={columns}
      rowLabel={name}
      onOpen={(row) => setSearch({ open: row.id })}
    >
      {search.new && <CaseForm close={() => setSearch({ new: undefined })} />}
      <OpenedRecord of="cases.get" rows={list.rows} title={t('one')}>
        {(row, close) => <CaseForm key={row.id} of={row} close={close} />}
      </OpenedRecord>
    </RecordList>
  )
}
