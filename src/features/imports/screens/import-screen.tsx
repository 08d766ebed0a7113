// One import: what the file holds and would do, its questions, applying it, and the way back.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ScreenLink, useGo, useOrg, useParams, useSearch } from '../../../web/address.tsx'
import { useFormat } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { type BatchDetail, countsOf, findingOf, useImportTexts } from './batch-words.ts'
import { ColumnSection } from './import-columns.tsx'
import { NoteSection } from './import-notes.tsx'
import { OriginSection } from './import-origin.tsx'
import { CameIn, Corrects, Running, WentWrong } from './import-outcome.tsx'
import { QuestionSection } from './import-questions.tsx'
import { CreatedSection, FirstRowsSection, RejectSection, RowSum } from './import-rows.tsx'
import { SuggestionSection, UnifiedSection } from './import-suggestions.tsx'
import { QueuePlace } from './queue-place.tsx'
import { useTakeBack } from './take-back.tsx'
import './imports.css'

const watchMs = 500

/** The import, asked again while it is being stored; when it is done, everything else is asked anew. */
function useBatch(id: string) {
  const org = useOrg()
  const client = useQueryClient()
  const [watched, setWatched] = useState(false)
  const query = useOperation('imports.get', { id }, watched ? { every: watchMs } : {})
  const runs = query.data?.state === 'applying' || query.data?.state === 'read'
  if (query.data && runs !== watched) setWatched(runs)
  const before = useRef(runs)
  useEffect(() => {
    if (before.current && !runs) void client.invalidateQueries({ queryKey: [org] })
    before.current = runs
  }, [runs, client, org])
  return query
}

export function ImportScreen() {
  const { id = '' } = useParams()
  const query = useBatch(id)
  return (
    <Answered query={query} shape="page">
      {(batch) => <ImportPage key={batch.id} batch={batch} />}
    </Answered>
  )
}

/** Changes how the file is read; the choices made before stay. */
export function useMapping(batch: BatchDetail) {
  const change = useChange('imports.set-mapping')
  const run = async (part: Omit<Parameters<typeof change.run>[0], 'id'>) => {
    try {
      await change.run({ id: batch.id, ...part })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return { run, busy: change.busy }
}

export type Mapping = ReturnType<typeof useMapping>

function ImportPage({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const format = useFormat()
  const organisation = useOrganisation().data
  const mapping = useMapping(batch)
  const { state, fileName: file } = batch
  const open =
    state === 'asking' || state === 'ready' || state === 'failed' || state === 'cancelled'
  const { rejected } = countsOf(batch)
  const note = [
    t('note_file', { file, size: format.bytes(batch.fileBytes), name: organisation?.name ?? '' }),
    ...(rejected > 0 ? [t('note_aside', { count: rejected })] : []),
  ].join(' · ')
  return (
    <Page
      finding={findingOf(t, batch)}
      note={note}
      chips={<QueuePlace id={batch.id} />}
      actions={<Acts batch={batch} busy={mapping.busy} />}
    >
      <WentWrong batch={batch} />
      {batch.corrects !== null && <Corrects id={batch.corrects} />}
      {state === 'applying' && <Running batch={batch} />}
      {state === 'applied' && <CameIn batch={batch} />}
      {state === 'asking' && (
        <QuestionSection
          key={batch.questions.map((one) => one.code + one.column).join()}
          batch={batch}
          mapping={mapping}
        />
      )}
      {batch.counts.read !== undefined && <RowSum batch={batch} />}
      {open && <NoteSection batch={batch} />}
      {open && <SuggestionSection batch={batch} mapping={mapping} />}
      {state === 'applied' && <UnifiedSection batch={batch} />}
      {(open || state === 'applied') && <CreatedSection batch={batch} />}
      {rejected > 0 && <RejectSection batch={batch} />}
      {open && <ColumnSection batch={batch} mapping={mapping} />}
      {open && <FirstRowsSection batch={batch} currency={organisation?.settings.baseCurrency} />}
      <OriginSection batch={batch} />
    </Page>
  )
}

/** Import, discard, take back, import again: what the state allows. */
function Acts(props: { batch: BatchDetail; busy: boolean }) {
  const { batch, busy } = props
  const t = useImportTexts()
  const go = useGo()
  const { ids } = useSearch()
  const apply = useChange('imports.apply')
  const cancel = useChange('imports.cancel')
  const takeBack = useTakeBack()
  const attempt = async (what: () => Promise<unknown>) => {
    try {
      await what()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const discard = async () => {
    await cancel.run({ id: batch.id })
    if (ids === undefined) go('imports')
    else go('imports/queue', { ids })
  }
  const { added, updated } = countsOf(batch)
  // Names accepted as the same are something to store even where every row is there already.
  const worth = added + updated > 0 || batch.suggestions.some((one) => one.accepted)
  const discardButton = (
    <Button
      variant="default"
      loading={cancel.busy}
      disabled={busy}
      onClick={() => void attempt(discard)}
    >
      {t('discard')}
    </Button>
  )
  switch (batch.state) {
    case 'asking':
      return discardButton
    case 'ready':
    case 'failed':
    case 'cancelled':
      return (
        <>
          {worth && (
            <Button
              loading={apply.busy}
              disabled={busy}
              onClick={() => void attempt(() => apply.run({ id: batch.id }))}
            >
              {batch.state !== 'ready'
                ? t('again')
                : added + updated > 0
                  ? t('apply_count', { count: added + updated })
                  : t('apply')}
            </Button>
          )}
          {discardButton}
        </>
      )
    case 'applied':
      return batch.changeId === null ? null : (
        <>
          <Button variant="default" loading={takeBack.busy} onClick={() => takeBack.back(batch)}>
            {t('undo')}
          </Button>
          {takeBack.question}
        </>
      )
    case 'undone':
      return (
        <Button variant="default" loading={takeBack.busy} onClick={() => takeBack.redo(batch)}>
          {t('redo')}
        </Button>
      )
    default:
      return <ScreenLink to="imports">{t('back_to_list')}</ScreenLink>
  }
}
