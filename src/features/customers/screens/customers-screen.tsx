// The list of customers: by name, filtered by the beginning of the name and by demographics.
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
import { customersTexts } from '../texts.ts'
import { CustomerForm } from './customer-form.tsx'
import { TagMany } from './tag-many.tsx'

type Customer = Answer<'customers.list'>['rows'][number]
const demographics = ['country', 'region', 'industry', 'size', 'source', 'tag'] as const
const lacking = ['country', 'region', 'industry', 'size', 'source'] as const

export function CustomersScreen() {
  const t = useTexts(customersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const filter = useListFilter({
    country: true,
    region: true,
    industry: true,
    size: true,
    source: true,
    tag: true,
    search: true,
    state: ['archived'],
    batchId: true,
    missing: lacking,
  })
  const list = usePages('customers.list', filter.chosen)
  const { missing } = filter.chosen
  const selection = useSelection()
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
      exports={{ table: 'customers', filter: list.input }}
      list={{ ...list, more: { ...list.more, total: counted } }}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <GivenChips
            of={{
              ...Object.fromEntries(demographics.map((name) => [name, [t(name), search[name]]])),
              missing: [t('without'), missing && t(missing)],
              batchId: ['', t('from_import')],
            }}
          />
          <ArchivedChip label={t('show_archived')} />
        </>
      }
      search={t('search')}
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.name}
      rowLink={(row) => ({ to: `customers/${row.id}` })}
      selection={selection}
      below={
        <BulkBar
          operation="customers.bulk-edit"
          selection={selection}
          filter={filter.chosen}
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
          beside={(chosen, done) => <TagMany chosen={chosen} done={done} />}
        />
      }
    >
      {search.new && (
        <CustomerForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`customers/${id}`)}
        />
      )}
    </RecordList>
  )
}
