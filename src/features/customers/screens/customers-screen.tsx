// The list of customers: by name, filtered by the beginning of the name and by demographics.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { BulkBar } from '../../../web/ui/bulk-bar.tsx'
import { Chip, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { useSelection } from '../../../web/ui/selection.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { customersTexts } from '../texts.ts'
import { CustomerForm } from './customer-form.tsx'

type Customer = Answer<'customers.list'>['rows'][number]
const lacking = ['country', 'region', 'industry', 'size', 'source'] as const
const filters = ['country', 'region', 'industry', 'size', 'source', 'tag'] as const

export function CustomersScreen() {
  const t = useTexts(customersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const [typed, setTyped] = useState(search.search ?? '')
  const archived = search.state === 'archived'
  const chosen = filters.filter((name) => search[name] !== undefined)
  const missing = lacking.find((name) => name === search.missing)
  const filter = {
    ...(search.search ? { search: search.search } : {}),
    ...(archived ? { state: 'archived' as const } : {}),
    ...(search.batchId ? { batchId: search.batchId } : {}),
    ...(missing ? { missing } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  }
  const list = usePages('customers.list', filter)
  const selection = useSelection()
  const filtered =
    chosen.length > 0 ||
    search.search !== undefined ||
    archived ||
    search.batchId !== undefined ||
    missing !== undefined
  const clear = () => {
    setTyped('')
    setSearch({
      search: undefined,
      state: undefined,
      batchId: undefined,
      missing: undefined,
      ...Object.fromEntries(filters.map((name) => [name, undefined])),
    })
  }
  const columns: Column<Customer>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'industry', head: t('industry'), keep: true, cell: (row) => row.industry ?? '—' },
    { id: 'country', head: t('country'), cell: (row) => row.country ?? '—' },
    { id: 'region', head: t('region'), cell: (row) => row.region ?? '—' },
    { id: 'city', head: t('city'), cell: (row) => row.city ?? '—' },
    {
      id: 'employees',
      head: t('employees'),
      align: 'right',
      keep: true,
      cell: (row) => (row.employees === null ? '—' : format.count(row.employees)),
    },
  ]
  // A page knows its rows only; the organisation counts all of them.
  const all = useOrganisation().data?.counts.customers
  const counted = list.more.next === undefined ? list.rows.length : filtered ? undefined : all
  const finding = () => {
    if (counted === undefined) return t('finding_more', { count: list.rows.length })
    if (filtered) return t('finding_fit', { count: counted })
    return counted === 0 && list.query.data ? t('finding_none') : t('finding', { count: counted })
  }
  return (
    <Page
      finding={finding()}
      note={t('note')}
      actions={<Button onClick={() => setSearch({ new: '1' })}>{t('add')}</Button>}
      chips={
        <Chips>
          {chosen.map((name) => (
            <Chip
              key={name}
              label={t(name)}
              value={search[name]}
              onClear={() => setSearch({ [name]: undefined })}
            />
          ))}
          {missing && (
            <Chip
              label={t('without')}
              value={t(missing)}
              onClear={() => setSearch({ missing: undefined })}
            />
          )}
          {search.batchId && (
            <Chip
              label=""
              value={t('from_import')}
              onClear={() => setSearch({ batchId: undefined })}
            />
          )}
          <Chip
            label={t('show_archived')}
            {...(archived
              ? { value: t('show_archived'), onClear: () => setSearch({ state: undefined }) }
              : { onClick: () => setSearch({ state: 'archived' }) })}
          />
        </Chips>
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
          list.rows.length === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(filtered ? 'nothing_for_filter' : 'nothing_yet')}
              text={t(filtered ? 'nothing_for_filter_text' : 'nothing_yet_text')}
              action={
                filtered
                  ? { label: t('clear'), run: clear }
                  : { label: t('add'), run: () => setSearch({ new: '1' }) }
              }
            />
          ) : (
            <>
              <DataTable
                caption={finding()}
                rows={list.rows}
                columns={columns}
                rowId={(row) => row.id}
                rowLabel={(row) => row.name}
                rowLink={(row) => ({ to: `customers/${row.id}` })}
                more={{ ...list.more, total: counted }}
                stale={list.query.isStale}
                selection={selection}
              />
              <BulkBar
                operation="customers.bulk-edit"
                selection={selection}
                filter={filter}
                fields={[
                  ...(['industry', 'country', 'region', 'city', 'source'] as const).map((name) => ({
                    name,
                    label: t(name),
                  })),
                  {
                    name: 'state',
                    label: t('state'),
                    choices: [
                      { value: 'active', label: t('state_active') },
                      { value: 'archived', label: t('show_archived') },
                    ],
                  },
                ]}
                total={counted}
                shown={list.rows.length}
              />
            </>
          )
        }
      </Answered>
      {search.new && (
        <CustomerForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`customers/${id}`)}
        />
      )}
    </Page>
  )
}
