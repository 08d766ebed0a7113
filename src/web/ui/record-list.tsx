// The page of a list of records: finding, chips, search, table with paging, its empty states, and the way to a new one.
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useSearch, useSetSearch } from '../address.tsx'
import type { Asked } from '../queries.ts'
import { Chip, ChipMenu, Chips } from './chip.tsx'
import { DataTable, type DataTableProps, type MoreRows } from './data-table.tsx'
import type { Exported } from './export-menu.tsx'
import { Page } from './page.tsx'
import { Answered, Empty } from './states.tsx'

/** What every list says in its own words. */
type Word =
  | 'note'
  | 'add'
  | 'clear'
  | 'nothing_yet'
  | 'nothing_yet_text'
  | 'nothing_for_filter'
  | 'nothing_for_filter_text'

interface RecordListProps<Row>
  extends Pick<
    DataTableProps<Row>,
    'rows' | 'columns' | 'rowLabel' | 'rowLink' | 'onOpen' | 'selection'
  > {
  words: (key: Word) => string
  finding: string
  list: { query: Asked<true>; more: MoreRows }
  /** Whether the address narrows the list, and how all of that is taken away. */
  filtered: boolean
  clear: () => void
  chips: ReactNode
  /** Label of the field that finds by the beginning of a name or number; absent: there is none. */
  search?: string
  /** What can be taken out of the list as a file. */
  exports?: Exported
  /** Beside the button that adds. */
  actions?: ReactNode
  /** Opens the form of a new record; `?new=1` unless said. */
  begin?: () => void
  /** Below the table. */
  below?: ReactNode
  /** Drawers. */
  children?: ReactNode
}

export function RecordList<Row extends { id: string }>(props: RecordListProps<Row>) {
  const { words, finding, list, filtered, clear, chips, search, actions, below, children } = props
  const { rows, columns, rowLabel, rowLink, onOpen, selection } = props
  const setSearch = useSetSearch()
  const begin = props.begin ?? (() => setSearch({ new: '1' }))
  return (
    <Page
      finding={finding}
      {...(props.exports ? { exports: props.exports } : {})}
      note={words('note')}
      actions={
        <>
          {actions}
          <Button onClick={begin}>{words('add')}</Button>
        </>
      }
      chips={<Chips>{chips}</Chips>}
    >
      {search !== undefined && <SearchField label={search} />}
      <Answered query={list.query} shape="table">
        {() =>
          rows.length === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={words(filtered ? 'nothing_for_filter' : 'nothing_yet')}
              text={words(filtered ? 'nothing_for_filter_text' : 'nothing_yet_text')}
              action={
                filtered
                  ? { label: words('clear'), run: clear }
                  : { label: words('add'), run: begin }
              }
            />
          ) : (
            <>
              <DataTable
                caption={finding}
                rows={rows}
                columns={columns}
                rowId={(row) => row.id}
                rowLabel={rowLabel}
                {...(rowLink ? { rowLink } : {})}
                {...(onOpen ? { onOpen } : {})}
                {...(selection ? { selection } : {})}
                more={list.more}
                stale={list.query.isStale}
              />
              {below}
            </>
          )
        }
      </Answered>
      {children}
    </Page>
  )
}

/** Finds by `search` in the address; empties itself when that is taken away. */
function SearchField({ label }: { label: string }) {
  const search = useSearch()
  const setSearch = useSetSearch()
  const [typed, setTyped] = useState(search.search ?? '')
  useEffect(() => {
    if (search.search === undefined) setTyped('')
  }, [search.search])
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={typed}
      data-search
      maw={320}
      mb="sm"
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        setSearch({ search: event.currentTarget.value || undefined }, { replace: true })
      }}
    />
  )
}

/** Offers to show what is archived, and says that it is shown. */
export function ArchivedChip({ label }: { label: string }) {
  const search = useSearch()
  const setSearch = useSetSearch()
  return (
    <Chip
      label={label}
      {...(search.state === 'archived'
        ? { value: label, onClear: () => setSearch({ state: undefined }) }
        : { onClick: () => setSearch({ state: 'archived' }) })}
    />
  )
}

interface ChoiceChipProps {
  /** Its name in the address. */
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  /** There may be more values than those offered. */
  more?: boolean
}

/** One of a few values. */
export function ChoiceChip({ name, label, options, more = false }: ChoiceChipProps) {
  const search = useSearch()
  const setSearch = useSetSearch()
  const given = search[name]
  const value = more || options.some((one) => one.value === given) ? given : undefined
  return (
    <ChipMenu
      label={label}
      {...(value ? { value } : {})}
      options={options}
      onChoose={(chosen) => setSearch({ [name]: chosen })}
      onClear={() => setSearch({ [name]: undefined })}
    />
  )
}

interface GivenChipsProps {
  /** Name in the address → label and the words for its value; only those in the address are shown. */
  of: Readonly<Record<string, readonly [label: string, value?: string | undefined]>>
}

/** What was chosen elsewhere and is only taken away here. */
export function GivenChips({ of }: GivenChipsProps) {
  const search = useSearch()
  const setSearch = useSetSearch()
  return Object.entries(of)
    .filter(([name]) => search[name] !== undefined)
    .map(([name, [label, value]]) => (
      <Chip
        key={name}
        label={label}
        value={value ?? '—'}
        onClear={() => setSearch({ [name]: undefined })}
      />
    ))
}

type Named = { name: string } | null

interface PartyChipsProps {
  words: (key: 'seller' | 'customer' | 'product' | 'from_import') => string
  /** Every row shown has what was chosen, so its name can be read off one of them. */
  row: { seller?: Named; customer?: Named; product?: Named } | undefined
}

/** Seller, customer, product and import by which a list was narrowed elsewhere. */
export function PartyChips({ words, row }: PartyChipsProps) {
  return (
    <GivenChips
      of={{
        sellerId: [words('seller'), row?.seller?.name],
        customerId: [words('customer'), row?.customer?.name],
        productId: [words('product'), row?.product?.name],
        batchId: ['', words('from_import')],
      }}
    />
  )
}
