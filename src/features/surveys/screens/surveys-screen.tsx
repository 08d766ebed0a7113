// The list of survey answers: newest first, by question, customer, seller, product or import.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { surveysTexts } from '../texts.ts'
import {
  type Answer,
  AnswerDrawer,
  AnswerForm,
  type Measure,
  measures,
  Score,
} from './answer-form.tsx'

const references = ['sellerId', 'customerId', 'productId', 'batchId'] as const

export function SurveysScreen() {
  const t = useTexts(surveysTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const measure = measures.find((one) => one === search.measure)
  const chosen = references.filter((name) => search[name] !== undefined)
  const list = usePages('surveys.list', {
    count: true,
    ...(measure ? { measure } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const filtered = measure !== undefined || chosen.length > 0
  const open = list.rows.find((row) => row.id === search.open)
  const begin = () => setSearch({ new: '1' })
  const clear = () =>
    setSearch({
      measure: undefined,
      ...Object.fromEntries(references.map((name) => [name, undefined])),
    })
  const name = (row: Answer) => {
    const day = format.date(row.day)
    return row.customer
      ? t('of_customer', { customer: row.customer.name, day })
      : t('answer_of', { day })
  }
  const narrow = useNarrow()
  const day = (on: string) =>
    narrow ? `${format.shortDate(on)} ${on.slice(0, 4)}` : format.date(on)
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
    if (filtered) return t('finding_fit', { count })
    return count === 0 ? t('finding_none') : t('finding', { count })
  }
  return (
    <Page
      finding={finding()}
      exports={{ table: 'surveys', filter: list.input }}
      note={t('note')}
      actions={<Button onClick={begin}>{t('add')}</Button>}
      chips={<Filters measure={measure} chosen={chosen} first={list.rows[0]} />}
    >
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length === 0 ? (
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
              caption={finding()}
              rows={list.rows}
              columns={columns}
              rowId={(row) => row.id}
              rowLabel={name}
              onOpen={(row) => setSearch({ open: row.id })}
              more={list.more}
              stale={list.query.isStale}
            />
          )
        }
      </Answered>
      {search.new && <AnswerForm close={() => setSearch({ new: undefined })} />}
      {open && <AnswerDrawer answer={open} close={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

function Filters(props: {
  measure: Measure | undefined
  chosen: readonly (typeof references)[number][]
  first: Answer | undefined
}) {
  const { measure, chosen, first } = props
  const t = useTexts(surveysTexts)
  const setSearch = useSetSearch()
  // Every row shown has the chosen reference, so its name can be read off the first one.
  const named = {
    sellerId: [t('seller'), first?.seller?.name],
    customerId: [t('customer'), first?.customer?.name],
    productId: [t('product'), first?.product?.name],
    batchId: ['', t('from_import')],
  } as const
  return (
    <Chips>
      <ChipMenu
        label={t('measure')}
        {...(measure ? { value: measure } : {})}
        options={measures.map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => setSearch({ measure: value })}
        onClear={() => setSearch({ measure: undefined })}
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
