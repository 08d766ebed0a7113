// Several files dropped together: what each holds, and importing all that are ready in one go.
import { Button } from '@mantine/core'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { ScreenLink, useOrg, useSearch } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'
import { useFormat } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { DropZone } from '../../../web/ui/drop-zone.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import {
  type BatchDetail,
  countsOf,
  type ImportTexts,
  kindIsOpen,
  useImportTexts,
  whatComes,
} from './batch-words.ts'
import { idsIn } from './queue-place.tsx'
import { inOrder, runQueue, useQueueRun } from './queue-run.ts'
import { DropAnywhere, useFileTaker } from './take-files.tsx'
import { UploadList } from './upload-list.tsx'
import { useUploads } from './uploads.ts'
import './imports.css'

const watchMs = 500

/** The imports of the page; those being stored are asked again and again. */
function useBatches(ids: readonly string[]): { batches: BatchDetail[]; all: boolean } {
  const org = useOrg()
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: [org, 'imports.get', { id }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('imports.get', { id }, { org, signal }),
      refetchInterval: (query: { state: { data?: BatchDetail | undefined } }) =>
        query.state.data?.state === 'applying' ? watchMs : false,
    })),
  })
  const batches = answers.flatMap((answer) => answer.data ?? [])
  return { batches: inOrder(batches), all: batches.length === ids.length }
}

const hasChanges = (batch: BatchDetail) => countsOf(batch).added + countsOf(batch).updated > 0

export function QueueScreen() {
  const t = useImportTexts()
  const org = useOrg()
  const client = useQueryClient()
  const ids = idsIn(useSearch().ids)
  const organisation = useOrganisation().data
  const taker = useFileTaker()
  const sending = useUploads(org).some((one) => one.problem === undefined)
  const { batches, all } = useBatches(ids)
  const { running, look } = useQueueRun(org)
  const ready = batches.filter((one) => one.state === 'ready' && hasChanges(one))
  const done = batches.filter(
    (one) => one.state === 'applied' || (one.state === 'ready' && !hasChanges(one)),
  )
  const start = () => {
    const asked = () => client.invalidateQueries({ queryKey: [org] })
    void runQueue(org, ready, asked).catch((thrown) => toast.problem(asProblem(thrown)))
  }
  const finding = () => {
    if (running) return t('queue_finding_running')
    if (sending || !all) return t('queue_finding_busy')
    if (ready.length > 0)
      return t('queue_finding_ready', { count: ready.length, total: ids.length })
    return t(done.length === ids.length ? 'queue_finding_done' : 'queue_finding_stopped')
  }
  const name = organisation?.name ?? ''
  return (
    <Page
      finding={finding()}
      note={`${t('into', { name })} ${t('queue_note')}`}
      actions={
        ready.length > 0 || running ? (
          <Button loading={running} disabled={sending} onClick={start}>
            {t('queue_apply', { count: ready.length })}
          </Button>
        ) : (
          <ScreenLink to="overview">{t('see_overview')}</ScreenLink>
        )
      }
    >
      <UploadList />
      {ready.some((one) => one.suggestions.some((suggestion) => !suggestion.accepted)) &&
        !running && <p className="imports-unseen">{t('queue_unseen')}</p>}
      <ol className="imports-queue">
        {batches.map((batch) => (
          <QueueEntry key={batch.id} batch={batch} ids={ids} look={look.includes(batch.id)} />
        ))}
      </ol>
      <DropZone onFiles={taker.take} hint={t('drop_hint')} />
      <DropAnywhere onFiles={taker.take} words={t('drop_anywhere', { name })} />
      {taker.question}
    </Page>
  )
}

/** What waits for a decision in one file, in a few words. */
function openPoints(t: ImportTexts, batch: BatchDetail): string[] {
  const { rejected } = countsOf(batch)
  const open = batch.suggestions.filter((one) => !one.accepted).length
  return [
    ...(batch.questions.length > 0
      ? [t('queue_questions', { count: batch.questions.length })]
      : []),
    ...(open > 0 && batch.state === 'ready' ? [t('queue_suggestions', { count: open })] : []),
    ...(rejected > 0 ? [t('queue_aside', { count: rejected })] : []),
  ]
}

function QueueEntry(props: { batch: BatchDetail; ids: readonly string[]; look: boolean }) {
  const { batch, ids, look } = props
  const t = useImportTexts()
  const format = useFormat()
  const { added, updated, read } = countsOf(batch)
  const same = batch.state === 'ready' && added + updated === 0
  const counted =
    added + updated > 0
      ? whatComes(t, batch)
      : `${format.count(read)} ${t('sum_read', { count: read })}`
  return (
    <li data-state={batch.state}>
      <span className="imports-queue-kind">
        {kindIsOpen(batch) ? t('kind_open') : t(`kind_${batch.kind}`)}
      </span>
      <span className="imports-queue-file">
        <ScreenLink to={`imports/${batch.id}`} search={{ ids: ids.join(',') }}>
          {batch.fileName}
        </ScreenLink>
        <span className="k-muted">{[counted, ...openPoints(t, batch)].join(' · ')}</span>
        {look && batch.state === 'ready' && (
          <span className="imports-look">{t('queue_new_suggestions')}</span>
        )}
        {batch.error && <span className="imports-look">{batch.error.message}</span>}
      </span>
      <span className="imports-state" data-state={same ? 'same' : batch.state}>
        {same ? t('queue_same') : t(`state_${batch.state}`)}
      </span>
    </li>
  )
}
