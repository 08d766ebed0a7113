// What becomes of an import: progress while it is stored, what came in, or what went wrong.
import { ScreenLink } from '../../../web/address.tsx'
import { useLanguage } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { ProgressBar } from '../../../web/ui/progress.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import { type BatchDetail, useImportTexts } from './batch-words.ts'
import { KeepMapping } from './keep-mapping.tsx'

const steps = ['waiting', 'names', 'rows', 'follow', 'commit'] as const

export function Running({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const cancel = useChange('imports.cancel')
  const step = steps.find((one) => one === batch.progress?.step)
  const stop = () =>
    void cancel.run({ id: batch.id }).catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <Section title={t('progress')} note={t('progress_note')}>
      <ProgressBar
        label={t(step ? `step_${step}` : 'progress')}
        done={batch.progress?.done ?? 0}
        total={batch.progress?.total}
        unit={t('steps')}
        onCancel={stop}
        cancelling={cancel.busy}
      />
    </Section>
  )
}

/** The import whose set-aside rows this one brings, with the way back to those still open. */
export function Corrects({ id }: { id: string }) {
  const language = useLanguage()
  const query = useOperation('imports.get', { id })
  const file = query.data?.fileName
  if (file === undefined) return null
  const [before = '', after = ''] = sourcesTexts[language].corrects.split('{{file}}')
  return (
    <p className="imports-corrects">
      {before}
      <ScreenLink to={`imports/${id}/quarantine`}>{file}</ScreenLink>
      {after}
    </p>
  )
}

/** Where rows are shown that have no page of their own name. */
const places: Partial<Record<BatchDetail['kind'], string>> = {
  'order-lines': 'orders',
}

/** Ways on from what came in: the very rows where they can be listed, and the results. */
export function CameIn({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const { kind, id } = batch
  const listed = kind === 'deals' || kind === 'customers' || kind === 'surveys' || kind === 'cases'
  return (
    <nav className="imports-ways" aria-label={t('came_in')}>
      {listed ? (
        <ScreenLink to={kind} search={{ batchId: id }}>
          {t(`see_${kind}`)}
        </ScreenLink>
      ) : (
        <ScreenLink to={places[kind] ?? kind}>{t(`see_${kind}`)}</ScreenLink>
      )}
      <ScreenLink to="overview">{t('see_overview')}</ScreenLink>
      <ScreenLink to="imports">{t('back_to_list')}</ScreenLink>
      <KeepMapping batch={batch} />
    </nav>
  )
}

export function WentWrong({ batch }: { batch: BatchDetail }) {
  const { error } = batch
  if (!error) return null
  return (
    <div className="imports-not-taken" role="alert">
      <p>{error.message}</p>
      {error.next && <p className="k-muted">{error.next}</p>}
    </div>
  )
}
