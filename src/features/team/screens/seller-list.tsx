// The list of sellers: found by name, active or archived, with team, manager and office of today.
import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { ChipMenu } from '../../../web/ui/chip.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { teamTexts } from '../texts.ts'
import './team.css'

export function SellerList() {
  const t = useTexts(teamTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const state = search.state === 'archived' ? 'archived' : 'active'
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 180)
  const list = usePages('sellers.list', {
    limit: 50,
    state,
    ...(text === '' ? {} : { search: text }),
  })
  return (
    <Section
      title={t('list')}
      note={list.total === undefined ? undefined : t('list_note', { count: list.total })}
      actions={
        <>
          <TextInput
            type="search"
            size="xs"
            aria-label={t('search')}
            placeholder={t('search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ChipMenu
            label={t('state')}
            value={state}
            options={[
              { value: 'active', label: t('active') },
              { value: 'archived', label: t('archived') },
            ]}
            onChoose={(value) => setSearch({ state: value === 'archived' ? value : undefined })}
          />
        </>
      }
    >
      <Answered
        query={list.query}
        empty={() =>
          list.rows.length > 0 ? undefined : text === '' ? (
            <p className="k-section-note">{t('nobody_archived')}</p>
          ) : (
            <Empty
              kind="nothing-for-filter"
              title={t('nothing_found', { text })}
              action={{ label: t('clear'), run: () => setTyped('') }}
            />
          )
        }
      >
        {() => <SellerTable list={list} />}
      </Answered>
    </Section>
  )
}

function SellerTable(props: { list: ReturnType<typeof usePages<'sellers.list'>> }) {
  const { rows, more, query } = props.list
  const t = useTexts(teamTexts)
  const format = useFormat()
  return (
    <DataTable
      caption={t('list')}
      rows={rows}
      columns={[
        { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
        { id: 'team', head: t('team'), keep: true, cell: (row) => row.team?.name ?? dash },
        { id: 'manager', head: t('manager'), cell: (row) => row.manager?.name ?? dash },
        { id: 'office', head: t('office'), cell: (row) => row.office?.name ?? dash },
        { id: 'email', head: t('email'), cell: (row) => row.email ?? dash },
        {
          id: 'hired',
          head: t('hired'),
          cell: (row) => (row.hiredOn === null ? dash : format.date(row.hiredOn)),
        },
      ]}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      rowLink={(row) => ({ to: `sellers/${row.id}` })}
      more={more}
      stale={query.isStale}
    />
  )
}
