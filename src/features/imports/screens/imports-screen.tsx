// The list of imports, and the place where files are dropped.
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ScreenLink, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DropZone } from '../../../web/ui/drop-zone.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import { type Batch, countsOf, useImportTexts, waitingStates } from './batch-words.ts'
import { PasteRows, usePasteAnywhere } from './paste-rows.tsx'
import { type TakeBack, useTakeBack } from './take-back.tsx'
import { DropAnywhere, useFileTaker } from './take-files.tsx'
import { UploadList } from './upload-list.tsx'
import './imports.css'

const watchMs = 1_000

export function ImportsScreen() {
  const t = useImportTexts()
  const organisation = useOrganisation().data
  const taker = useFileTaker()
  const list = usePages('imports.list', {})
  const running = list.rows.some((one) => one.state === 'applying' || one.state === 'read')
  const { retry } = list.query
  useEffect(() => {
    if (!running) return
    const timer = setInterval(retry, watchMs)
    return () => clearInterval(timer)
  }, [running, retry])
  useChooseOnArrival()
  const sources = useTexts(sourcesTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const [pasted, setPasted] = useState<string>()
  // `?paste=1` comes from the palette.
  useEffect(() => {
    if (search.paste === undefined) return
    setPasted('')
    setSearch({ paste: undefined }, { replace: true })
  }, [search.paste, setSearch])
  usePasteAnywhere(setPasted)
  const waiting = list.rows.filter((one) => waitingStates.includes(one.state)).length
  const applied = list.rows.filter((one) => one.state === 'applied').length
  const finding =
    waiting > 0
      ? t('list_finding_waiting', { count: waiting })
      : applied > 0
        ? t('list_finding', { count: applied })
        : t('list_finding_none')
  const name = organisation?.name ?? ''
  return (
    <Page finding={finding} note={organisation && t('into', { name })}>
      <DropZone onFiles={taker.take} hint={t('drop_hint')} />
      <nav className="imports-ways" aria-label={t('more_ways')}>
        <button type="button" className="k-link" onClick={() => setPasted('')}>
          {sources('paste_link')}
        </button>
        <ScreenLink to="imports/kinds">{sources('kinds_link')}</ScreenLink>
        <ScreenLink to="imports/kept">{sources('kept_link')}</ScreenLink>
      </nav>
      {pasted !== undefined && (
        <PasteRows
          // Pasted once more, it is other text.
          key={pasted}
          first={pasted}
          take={(file, kind) => taker.take([file], kind)}
          close={() => setPasted(undefined)}
        />
      )}
      <DropAnywhere onFiles={taker.take} words={t('drop_anywhere', { name })} />
      {taker.question}
      <UploadList />
      <Section title={t('imports')}>
        <Answered query={list.query} shape="table">
          {() =>
            list.rows.length === 0 ? (
              <Empty kind="nothing-yet" title={t('nothing_yet')} text={t('nothing_yet_text')} />
            ) : (
              <ImportsTable
                rows={list.rows}
                more={list.more}
                stale={list.query.isStale}
                zone={organisation?.settings.zone}
              />
            )
          }
        </Answered>
      </Section>
    </Page>
  )
}

/** `?choose=1` comes from the palette: the focus stands on choosing a file, one Enter away. */
function useChooseOnArrival(): void {
  const search = useSearch()
  const setSearch = useSetSearch()
  const [wanted] = useState(search.choose !== undefined)
  useEffect(() => {
    if (!wanted) return
    const button = document.querySelector<HTMLElement>('.k-drop button')
    button?.setAttribute('data-first-focus', '')
    button?.focus()
    setSearch({ choose: undefined }, { replace: true })
  }, [wanted, setSearch])
}

interface ImportsTableProps {
  rows: readonly Batch[]
  more: Parameters<typeof DataTable<Batch>>[0]['more']
  stale: boolean
  zone: string | undefined
}

function ImportsTable(props: ImportsTableProps) {
  const t = useImportTexts()
  const format = useFormat()
  const takeBack = useTakeBack()
  const number = (
    name: 'read' | 'added' | 'updated' | 'unchanged' | 'rejected',
  ): Column<Batch> => ({
    id: name,
    head: t(`column_${name}`),
    align: 'right',
    cell: (row) => (row.counts[name] === undefined ? '—' : format.count(countsOf(row)[name])),
  })
  const columns: Column<Batch>[] = [
    { id: 'file', head: t('column_file'), main: true, cell: (row) => row.fileName },
    { id: 'kind', head: t('column_kind'), cell: (row) => t(`kind_${row.kind}`) },
    { id: 'state', head: t('column_state'), keep: true, cell: (row) => <State batch={row} /> },
    number('read'),
    { ...number('added'), keep: true },
    number('updated'),
    number('unchanged'),
    number('rejected'),
    {
      id: 'when',
      head: t('column_when'),
      cell: (row) => (
        <time dateTime={row.createdAt}>{format.instant(row.createdAt, props.zone)}</time>
      ),
    },
    {
      id: 'by',
      head: t('column_by'),
      cell: (row) => row.createdBy.name || '—',
    },
    {
      id: 'back',
      head: t('column_back'),
      align: 'right',
      cell: (row) => <BackButton batch={row} takeBack={takeBack} />,
    },
  ]
  return (
    <>
      <DataTable
        caption={t('imports')}
        rows={props.rows}
        columns={columns}
        rowId={(row) => row.id}
        rowLabel={(row) => row.fileName}
        rowLink={(row) => ({ to: `imports/${row.id}` })}
        {...(props.more ? { more: props.more } : {})}
        stale={props.stale}
      />
      {takeBack.question}
    </>
  )
}

/** State in a word, and while it runs how far it is. */
function State({ batch }: { batch: Batch }) {
  const t = useImportTexts()
  const { state, progress } = batch
  const share =
    state === 'applying' && progress && progress.total > 0
      ? ` ${progress.done}/${progress.total}`
      : ''
  return (
    <span className="imports-state" data-state={state}>
      {t(`state_${state}`)}
      {share}
    </span>
  )
}

function BackButton({ batch, takeBack }: { batch: Batch; takeBack: TakeBack }) {
  const t = useImportTexts()
  const name = batch.fileName
  if (batch.state === 'undone' && batch.undoChangeId !== null) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        disabled={takeBack.busy}
        aria-label={t('redo_of', { name })}
        onClick={() => takeBack.redo(batch)}
      >
        {t('redo')}
      </Button>
    )
  }
  // Where nothing changed there is nothing to take back.
  if (batch.state !== 'applied' || batch.changeId === null) return null
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      disabled={takeBack.busy}
      aria-label={t('undo_of', { name })}
      onClick={() => takeBack.back(batch)}
    >
      {t('column_back')}
    </Button>
  )
}
