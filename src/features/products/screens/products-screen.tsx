// The list of products: by name, filtered by the beginning of the name and by family.
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { BulkBar } from '../../../web/ui/bulk-bar.tsx'
import type { Column } from '../../../web/ui/data-table.tsx'
import { ArchivedChip, GivenChips, RecordList } from '../../../web/ui/record-list.tsx'
import { useSelection } from '../../../web/ui/selection.tsx'
import { productsTexts } from '../texts.ts'
import { ProductForm } from './product-form.tsx'

type Product = Answer<'products.list'>['rows'][number]

export function ProductsScreen() {
  const t = useTexts(productsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const filter = useListFilter({ search: true, family: true, state: ['archived'] })
  const list = usePages('products.list', filter.chosen)
  const selection = useSelection()
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
  const counted =
    list.more.next === undefined ? list.rows.length : filter.filtered ? undefined : all
  const finding = () => {
    if (counted === undefined) return t('finding_more', { count: list.rows.length })
    if (filter.filtered) return t('finding_fit', { count: counted })
    return counted === 0 && list.query.data ? t('finding_none') : t('finding', { count: counted })
  }
  return (
    <RecordList
      words={t}
      finding={finding()}
      exports={{ table: 'products', filter: list.input }}
      list={{ ...list, more: { ...list.more, total: counted } }}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <GivenChips of={{ family: [t('family'), search.family] }} />
          <ArchivedChip label={t('show_archived')} />
        </>
      }
      search={t('search')}
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.name}
      rowLink={(row) => ({ to: `products/${row.id}` })}
      selection={selection}
      below={
        <BulkBar
          operation="products.bulk-edit"
          selection={selection}
          filter={filter.chosen}
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
      }
    >
      {search.new && (
        <ProductForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`products/${id}`)}
        />
      )}
    </RecordList>
  )
}
