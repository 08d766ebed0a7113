// The list of products: by name, filtered by the beginning of the name and by family.
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
import { productsTexts } from '../texts.ts'
import { ProductForm } from './product-form.tsx'

type Product = Answer<'products.list'>['rows'][number]

export function ProductsScreen() {
  const t = useTexts(productsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const [typed, setTyped] = useState(search.search ?? '')
  const archived = search.state === 'archived'
  const filter = {
    ...(search.search ? { search: search.search } : {}),
    ...(search.family ? { family: search.family } : {}),
    ...(archived ? { state: 'archived' as const } : {}),
  }
  const list = usePages('products.list', filter)
  const selection = useSelection()
  const filtered = search.search !== undefined || search.family !== undefined || archived
  const clear = () => {
    setTyped('')
    setSearch({ search: undefined, family: undefined, state: undefined })
  }
  const money = (amount: number | null, currency: string | null) =>
    amount === null || currency === null ? '—' : format.money(amount, currency, { currency: true })
  const columns: Column<Product>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'family', head: t('family'), keep: true, cell: (row) => row.family ?? '—' },
    { id: 'externalId', head: t('externalId'), cell: (row) => row.externalId ?? '—' },
    {
      id: 'listPrice',
      head: t('listPrice'),
      align: 'right',
      keep: true,
      cell: (row) => money(row.listPrice, row.currency),
    },
    { id: 'cost', head: t('cost'), align: 'right', cell: (row) => money(row.cost, row.currency) },
  ]
  // A page knows its rows only; the organisation counts all of them.
  const all = useOrganisation().data?.counts.products
  const counted = list.more.next === undefined ? list.rows.length : filtered ? undefined : all
  const finding = () => {
    if (counted === undefined) return t('finding_more', { count: list.rows.length })
    if (filtered) return t('finding_fit', { count: counted })
    return counted === 0 && list.query.data ? t('finding_none') : t('finding', { count: counted })
  }
  return (
    <Page
      finding={finding()}
      exports={{ table: 'products', filter: list.input }}
      note={t('note')}
      actions={<Button onClick={() => setSearch({ new: '1' })}>{t('add')}</Button>}
      chips={
        <Chips>
          {search.family && (
            <Chip
              label={t('family')}
              value={search.family}
              onClear={() => setSearch({ family: undefined })}
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
                rowLink={(row) => ({ to: `products/${row.id}` })}
                more={{ ...list.more, total: counted }}
                stale={list.query.isStale}
                selection={selection}
              />
              <BulkBar
                operation="products.bulk-edit"
                selection={selection}
                filter={filter}
                fields={[
                  { name: 'family', label: t('family') },
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
        <ProductForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`products/${id}`)}
        />
      )}
    </Page>
  )
}
