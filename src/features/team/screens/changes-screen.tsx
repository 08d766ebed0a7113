// Every change of the organisation, newest first: who, when, what, and the way back.
import { Button } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { changesTexts } from '../texts-settings.ts'
import { subjectOf } from './change-subject.ts'
import { useOperationWords } from './history-words.ts'
import './changes.css'

type Change = Answer<'changes.list'>['rows'][number]
/** Made once, or undone by an act of their own: not offered here. */
const lasting = new Set([
  'organisations.create',
  'organisations.set-up',
  'period-locks.set',
  'period-locks.remove',
  'demo.make',
  'trust.restore',
])

export function ChangesScreen() {
  const t = useTexts(changesTexts)
  const organisation = useOrganisation()
  const list = usePages('changes.list', {})
  const latest = list.rows[0]?.revision ?? 0
  return (
    <Page
      finding={
        latest === 0 && list.query.data ? t('finding_none') : t('finding', { count: latest })
      }
      note={t('note')}
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
      cell: (row) => <What change={row} words={words(row.operation)} />,
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
      cell: (row) =>
        row.undoneBy === null && !lasting.has(row.operation) ? (
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={take.busy}
            aria-label={t('undo_of', {
              what: `${words(row.operation)} ${subjectOf(row.subject)}`.trim(),
            })}
            onClick={() => void take.back(row)}
          >
            {t('undo')}
          </Button>
        ) : (
          <span className="k-muted">{row.undoneBy === null ? '' : t('undone')}</span>
        ),
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

function What(props: { change: Change; words: string }) {
  const t = useTexts(changesTexts)
  const { change, words } = props
  const operation = useOperationWords()
  const { undone } = change.subject
  const about = typeof undone === 'string' ? operation(undone) : subjectOf(change.subject)
  return (
    <span className="changes-what" data-undone={change.undoneBy !== null || undefined}>
      <span className="changes-words">{words}</span>
      {about !== '' && <b>{about}</b>}
      {change.undoneBy !== null && <span className="k-hidden">{t('undone')}</span>}
    </span>
  )
}

/** Takes a change back and says what came of it: how much is as before, how much stays. */
function useTakeBack() {
  const t = useTexts(changesTexts)
  const undo = useChange('changes.undo')
  const back = async (change: Change) => {
    try {
      const { changeId, restored, keptCount } = await undo.run({ id: change.id })
      const said = [
        restored === 0 ? t('restored_none') : t('restored', { count: restored }),
        ...(keptCount > 0 ? [t('kept', { count: keptCount })] : []),
      ]
      toast.undo(said.join(' '), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return { back, busy: undo.busy }
}
