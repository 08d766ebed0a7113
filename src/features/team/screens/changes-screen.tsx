// Every change of the organisation, newest first: who, when, what, and the way back.
import { ScreenLink } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { changesTexts } from '../texts-settings.ts'
import { ChangeWhat, TakeBackButton, useTakeBack } from './change-row.tsx'
import { subjectOf } from './change-subject.ts'
import { useOperationWords } from './history-words.ts'

type Change = Answer<'changes.list'>['rows'][number]

export function ChangesScreen() {
  const t = useTexts(changesTexts)
  const organisation = useOrganisation()
  const list = usePages('changes.list', {})
  const latest = list.rows[0]?.revision ?? 0
  const mayCompare = organisation.data?.me.roles.some((one) => one === 'admin' || one === 'auditor')
  return (
    <Page
      finding={
        latest === 0 && list.query.data ? t('finding_none') : t('finding', { count: latest })
      }
      note={t('note')}
      actions={mayCompare && <ScreenLink to="changes/between">{t('between')}</ScreenLink>}
    >
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length === 0 ? (
            <Empty kind="nothing-yet" title={t('nothing_yet')} text={t('nothing_yet_text')} />
          ) : (
            <ChangesTable
              rows={list.rows}
              more={list.more}
              stale={list.query.isStale}
              zone={organisation.data?.settings.zone}
            />
          )
        }
      </Answered>
    </Page>
  )
}

interface ChangesTableProps {
  rows: readonly Change[]
  more: Parameters<typeof DataTable<Change>>[0]['more']
  stale: boolean
  zone: string | undefined
}

function ChangesTable(props: ChangesTableProps) {
  const { rows, more, stale, zone } = props
  const t = useTexts(changesTexts)
  const format = useFormat()
  const words = useOperationWords()
  const take = useTakeBack()
  const narrow = useNarrow()
  const columns: Column<Change>[] = [
    {
      id: 'what',
      head: t('column_what'),
      main: true,
      cell: (row) => <ChangeWhat change={row} />,
    },
    { id: 'who', head: t('column_who'), cell: (row) => row.actor.name },
    {
      id: 'when',
      head: t('column_when'),
      keep: true,
      width: narrow ? '112px' : '220px',
      cell: (row) => <time dateTime={row.at}>{format.instant(row.at, zone)}</time>,
    },
    {
      id: 'number',
      head: t('column_number'),
      align: 'right',
      width: '80px',
      cell: (row) => format.count(row.revision),
    },
    {
      id: 'back',
      head: t('column_back'),
      align: 'right',
      width: '140px',
      cell: (row) => <TakeBackButton change={row} take={take} />,
    },
  ]
  return (
    <DataTable
      caption={t('note')}
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      rowLabel={(row) => `${words(row.operation)} ${subjectOf(row.subject)}`}
      {...(more ? { more } : {})}
      stale={stale}
    />
  )
}
