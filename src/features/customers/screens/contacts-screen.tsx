// The list of contacts: by name, filtered by the beginning of the name.
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useListFilter } from '../../../web/list-filter.ts'
import { usePages } from '../../../web/pages.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { ArchivedChip, GivenChips, RecordList } from '../../../web/ui/record-list.tsx'
import { moreTexts } from '../texts-more.ts'
import { ContactForm } from './contact-form.tsx'

type Contact = Answer<'contacts.list'>['rows'][number]

/** The words of the list among those of contacts, notes and tags. */
const words = {
  note: 'contacts_note',
  add: 'contact_add',
  clear: 'clear',
  nothing_yet: 'contacts_nobody',
  nothing_yet_text: 'contacts_nobody_text',
  nothing_for_filter: 'contacts_unfit',
  nothing_for_filter_text: 'contacts_unfit_text',
} as const

export function ContactsScreen() {
  const t = useTexts(moreTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const filter = useListFilter({ search: true, state: ['archived'], tag: true })
  const list = usePages('contacts.list', { count: true, ...filter.chosen })
  const count = list.total ?? list.rows.length
  const columns: Column<Contact>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'customer', head: t('customer'), keep: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'job', head: t('job_title'), cell: (row) => row.jobTitle ?? '—' },
    { id: 'email', head: t('email'), cell: (row) => row.email ?? '—' },
    { id: 'phone', head: t('phone'), cell: (row) => row.phone ?? '—' },
  ]
  return (
    <RecordList
      words={(key) => t(words[key])}
      finding={
        count === 0 && list.query.data && !filter.filtered
          ? t('contacts_nobody')
          : t('contacts_finding', { count })
      }
      exports={{ table: 'contacts', filter: list.input }}
      list={list}
      filtered={filter.filtered}
      clear={filter.clear}
      chips={
        <>
          <GivenChips of={{ tag: [t('tags'), search.tag] }} />
          <ArchivedChip label={t('archived')} />
        </>
      }
      search={t('contact_search')}
      rows={list.rows}
      columns={columns}
      rowLabel={(row) => row.name}
      rowLink={(row) => ({ to: `contacts/${row.id}` })}
    >
      {search.new && (
        <ContactForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`contacts/${id}`)}
        />
      )}
    </RecordList>
  )
}
