// The list of survey answers: newest first, by question, customer, seller, product or import.
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, useNarrow } from '../../../web/ui/data-table.tsx'
import { OpenedRecord } from '../../../web/ui/opened-record.tsx'
import { ChoiceChip, PartyChips, RecordList } from '../../../web/ui/record-list.tsx'
import { surveysTexts } from '../texts.ts'
import { type Answer, AnswerDrawer, AnswerForm, measures, Score } from './answer-form.tsx'

export function SurveysScreen() {
  const t = useTexts(surveysTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const filter = useListFilter({
    measure: measures,
    sellerId: true,
    customerId: true,
    productId: true,
    batchId: true,
  })
  const list = usePages('surveys.list', { count: true, ...filter.chosen })
  const name = (row: Answer) => {
    const day = format.date(row.day)
    return row.customer
      ? t('of_customer', { customer: row.customer.name, day })
      : t('answer_of', { day })
  }
  const narrow = useNarrow()
  const day = (on: string) => (narrow ? format.shortDateYear(on) : format.date(on))
  const columns: Column<Answer>[] = [
    { id: 'customer', head: t('customer'), main: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'measure', head: t('measure'), cell: (row) => t(row.measure) },
    { id: 'product', head: t('product'), cell: (row) => row.product?.name ?? '—' },
    { id: 'seller', head: t('seller'), cell: (row) => row.seller?.name ?? '—' },
    { id: 'day', head: t('day'), align: 'right', keep: true, cell: (row) => day(row.day) },
    {
      id: 'score',
      head: t('score'),
      align: 'right',
      keep: true,
      cell: (row) => <Score answer={row} />,
    },
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
      exports={{ table: 'surveys', filter: list.input }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <ChoiceChip
            name="measure"
            label={t('measure')}
            options={measures.map((value) => ({ value, label: t(value) }))}
          />
          <PartyChips words={t} row={list.rows[0]} />
        </>
      }
      rows={list.rows}
      columns={columns}
      rowLabel={name}
      onOpen={(row) => setSearch({ open: row.id })}
    >
      {search.new && <AnswerForm close={() => setSearch({ new: undefined })} />}
      <OpenedRecord of="surveys.get" rows={list.rows} title={t('one')}>
        {(row, close) => <AnswerDrawer answer={row} close={close} />}
      </OpenedRecord>
    </RecordList>
  )
}
