// Proof and export: the last checks, a new one with its progress, anchors, everything out and everything in.
import { Button } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { ProgressBar } from '../../../web/ui/progress.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { trustTexts } from '../texts.ts'
import { AnchorSection } from './anchor-section.tsx'
import { ExportSection, RestoreSection } from './export-sections.tsx'

type Checks = Answer<'trust.checks'>
type Run = Checks['rows'][number]

const askAgainMs = 700
const isUnderWay = (run: Run | undefined) => run?.state === 'waiting' || run?.state === 'running'

export function TrustScreen() {
  const t = useTexts(trustTexts)
  const checks = useOperation('trust.checks', {})
  const underWay = isUnderWay(checks.data?.rows[0])
  // While a check runs its progress is asked for again and again; the answer is shared with the one above.
  useOperation('trust.checks', {}, { every: underWay ? askAgainMs : undefined })
  const finding = useFinding(checks.data)
  return (
    <Page finding={finding} note={t('note')}>
      <Answered query={checks} shape="page">
        {(data) => (
          <Split
            main={<CheckSection data={data} />}
            side={
              <>
                <AnchorSection head={data.head} />
                <ExportSection />
                <RestoreSection />
              </>
            }
          />
        )}
      </Answered>
    </Page>
  )
}

function useFinding(data: Checks | undefined): string {
  const t = useTexts(trustTexts)
  const format = useFormat()
  if (data === undefined) return t('title')
  const last = data.rows.find((run) => run.state === 'done')
  if (last === undefined) return t('finding_none')
  if (last.holds) return t('finding_holds', { revision: format.count(last.revision ?? 0) })
  return t('finding_wrong', { count: last.findings.length })
}

function CheckSection(props: { data: Checks }) {
  const { rows } = props.data
  const t = useTexts(trustTexts)
  const start = useChange('trust.start-check')
  const [latest] = rows
  const last = rows.find((run) => run.state === 'done')
  const begin = () => void start.run({}).catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <>
      <Section
        title={t('check')}
        note={t('check_note')}
        actions={
          <Button
            variant="default"
            loading={start.busy}
            disabled={isUnderWay(latest)}
            onClick={begin}
          >
            {t('check_start')}
          </Button>
        }
      >
        {latest && isUnderWay(latest) && <UnderWay run={latest} />}
        {rows.length === 0 ? (
          <p className="k-section-note">{t('none_yet')}</p>
        ) : (
          <CheckTable rows={rows} />
        )}
      </Section>
      {last && last.findings.length > 0 && (
        <Section title={t('findings')}>
          <ul>
            {last.findings.map((finding) => (
              <li key={`${finding.what} ${finding.text}`}>{finding.text}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function UnderWay(props: { run: Run }) {
  const { run } = props
  const t = useTexts(trustTexts)
  const cancel = useChange('trust.cancel-check')
  const key = `step_${run.step ?? ''}`
  const step = key in trustTexts.en ? t(key as 'step_links') : ''
  return (
    <ProgressBar
      label={step === '' ? t('waiting') : t('checking', { step })}
      done={run.doneSteps}
      total={run.allSteps}
      cancelling={cancel.busy}
      onCancel={() =>
        void cancel.run({ id: run.id }).catch((thrown) => toast.problem(asProblem(thrown)))
      }
    />
  )
}

function CheckTable(props: { rows: readonly Run[] }) {
  const t = useTexts(trustTexts)
  const format = useFormat()
  const zone = useOrganisation().data?.settings.zone
  const result = (run: Run) => {
    if (run.state === 'done')
      return run.holds ? t('holds') : t('wrong', { count: run.findings.length })
    if (run.state === 'cancelled' || run.state === 'failed') return t(run.state)
    return t('running')
  }
  const columns: Column<Run>[] = [
    {
      id: 'when',
      head: t('column_when'),
      main: true,
      cell: (run) => <time dateTime={run.startedAt}>{format.instant(run.startedAt, zone)}</time>,
    },
    { id: 'who', head: t('column_who'), cell: (run) => run.startedBy.name },
    { id: 'result', head: t('column_result'), keep: true, cell: result },
    {
      id: 'revision',
      head: t('column_revision'),
      align: 'right',
      cell: (run) => (run.revision === null ? '' : format.count(run.revision)),
    },
  ]
  return (
    <DataTable
      caption={t('check')}
      rows={props.rows}
      columns={columns}
      rowId={(run) => run.id}
      rowLabel={(run) => format.instant(run.startedAt, zone)}
    />
  )
}
