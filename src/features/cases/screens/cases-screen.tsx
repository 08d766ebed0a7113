// The list of cases: newest first, by kind, state, customer, seller, product or import.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { casesTexts } from '../texts.ts'
import { CaseForm } from './case-form.tsx'
import { type Case, kinds, states } from './case-values.ts'

const references = ['sellerId', 'customerId', 'productId', 'batchId'] as const

export function CasesScreen() {
  const t = useTexts(casesTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const kind = kinds.find((one) => one === search.kind)
  const state = states.find((one) => one === search.state)
  const chosen = references.filter((name) => search[name] !== undefined)
  const list = usePages('cases.list', {
    count: true,
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const filtered = kind !== undefined || state !== undefined || chosen.length > 0
  const open = list.rows.find((row) => row.id === search.open)
  const begin = () => setSearch({ new: '1' })
  const clear = () =>
    setSearch({
      kind: undefined,
      state: undefined,
      ...Object.fromEntries(references.map((name) => [name, undefined])),
    })
  const name = (row: Case) => {
    const day = format.date(row.day)
    return row.customer
      ? t('of_customer', { customer: row.customer.name, day })
      : t('edit_title', { day })
  }
  const narrow = useNarrow()
  const day = (on: string) =>
    narrow ? `${format.shortDate(on)} ${on.slice(0, 4)}` : format.date(on)
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
    if (filtered) return t('finding_fit', { count })
    return count === 0 ? t('finding_none') : t('finding', { count })
  }
  return (
    <Page
      finding={finding()}
      exports={{ table: 'cases', filter: list.input }}
      note={t('note')}
      actions={<Button onClick={begin}>{t('add')}</Button>}
      chips={<Filters kind={kind} state={state} chosen={chosen} first={list.rows[0]} />}
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
      {search.new && <CaseForm close={() => setSearch({ new: undefined })} />}
      {open && <CaseForm key={open.id} of={open} close={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

function Filters(props: {
  kind: Case['kind'] | undefined
  state: Case['state'] | undefined
  chosen: readonly (typeof references)[number][]
  first: Case | undefined
}) {
  const { kind, state, chosen, first } = props
  const t = useTexts(casesTexts)
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
        label={t('state')}
        {...(state ? { value: state } : {})}
        options={states.map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => setSearch({ state: value })}
        onClear={() => setSearch({ state: undefined })}
      />
      <ChipMenu
        label={t('kind')}
        {...(kind ? { value: kind } : {})}
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
