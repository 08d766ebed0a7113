// The list of contacts: by name, filtered by the beginning of the name.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { moreTexts } from '../texts-more.ts'
import { ContactForm } from './contact-form.tsx'

type Contact = Answer<'contacts.list'>['rows'][number]

export function ContactsScreen() {
  const t = useTexts(moreTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const [typed, setTyped] = useState(search.search ?? '')
  const archived = search.state === 'archived'
  const list = usePages('contacts.list', {
    count: true,
    ...(search.search ? { search: search.search } : {}),
    ...(archived ? { state: 'archived' as const } : {}),
    ...(search.tag ? { tag: search.tag } : {}),
  })
  const filtered = search.search !== undefined || archived || search.tag !== undefined
  const clear = () => {
    setTyped('')
    setSearch({ search: undefined, state: undefined, tag: undefined })
  }
  const count = list.total ?? list.rows.length
  const finding =
    count === 0 && list.query.data && !filtered
      ? t('contacts_nobody')
      : t('contacts_finding', { count })
  const columns: Column<Contact>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'customer', head: t('customer'), keep: true, cell: (row) => row.customer?.name ?? '—' },
    { id: 'job', head: t('job_title'), cell: (row) => row.jobTitle ?? '—' },
    { id: 'email', head: t('email'), cell: (row) => row.email ?? '—' },
    { id: 'phone', head: t('phone'), cell: (row) => row.phone ?? '—' },
  ]
  return (
    <Page
      finding={finding}
      exports={{ table: 'contacts', filter: list.input }}
      note={t('contacts_note')}
      actions={<Button onClick={() => setSearch({ new: '1' })}>{t('contact_add')}</Button>}
      chips={
        <Chips>
          {search.tag && (
            <Chip
              label={t('tags')}
              value={search.tag}
              onClear={() => setSearch({ tag: undefined })}
            />
          )}
          <Chip
            label={t('archived')}
            {...(archived
              ? { value: t('archived'), onClear: () => setSearch({ state: undefined }) }
              : { onClick: () => setSearch({ state: 'archived' }) })}
          />
        </Chips>
      }
    >
      <TextInput
        aria-label={t('contact_search')}
        placeholder={t('contact_search')}
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
          count === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(filtered ? 'contacts_unfit' : 'contacts_nobody')}
              text={t(filtered ? 'contacts_unfit_text' : 'contacts_nobody_text')}
              action={
                filtered
                  ? { label: t('clear'), run: clear }
                  : { label: t('contact_add'), run: () => setSearch({ new: '1' }) }
              }
            />
          ) : (
            <DataTable
              caption={finding}
              rows={list.rows}
              columns={columns}
              rowId={(row) => row.id}
              rowLabel={(row) => row.name}
              rowLink={(row) => ({ to: `contacts/${row.id}` })}
              more={list.more}
              stale={list.query.isStale}
            />
          )
        }
      </Answered>
      {search.new && (
        <ContactForm
          close={() => setSearch({ new: undefined })}
          done={(id) => go(`contacts/${id}`)}
        />
      )}
    </Page>
  )
}
