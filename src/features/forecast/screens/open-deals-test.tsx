// Open deals that are too many to test while somebody waits: the test is started, watched and stopped here.
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { ProgressBar } from '../../../web/ui/progress.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { forecastTexts } from '../texts.ts'
import type { Forecast } from './forecast-screen.tsx'
import type { ForecastQuestion } from './question.ts'

const askAgainMs = 700

interface TestProps {
  data: Forecast
  question: ForecastQuestion
}

/** Nothing where the open deals are tested with the forecast itself. */
export function OpenDealsTest(props: TestProps) {
  const { pipeline } = props.data
  return pipeline?.testNeedsJob && pipeline.mayTest ? (
    <div className="k-no-print">
      <Test {...props} />
    </div>
  ) : null
}

function Test({ data, question }: TestProps) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const start = useChange('forecast.start-test')
  const cancel = useChange('forecast.cancel-test')
  const { asOf: _, lang: __, ...input } = question.input
  const tests = useOperation('forecast.tests', input)
  const latest = tests.data?.rows[0]
  const underWay = latest?.state === 'waiting' || latest?.state === 'running'
  // While it runs its progress is asked for again and again; the answer is shared with the one above.
  useOperation('forecast.tests', input, { every: underWay ? askAgainMs : undefined })
  const { retry } = useOperation('forecast.show', question.input)
  const ran = useRef(false)
  // Once it is over the forecast is asked for again: it knows the test then.
  useEffect(() => {
    if (ran.current && !underWay) retry()
    ran.current = underWay
  }, [underWay, retry])
  const run = (work: Promise<unknown>) =>
    void work.catch((thrown) => toast.problem(asProblem(thrown)))
  const tested = data.pipeline?.testedOn ?? null
  return (
    <Section
      title={t('test')}
      note={
        tested === null
          ? t('test_note')
          : `${t('test_note')} ${t('tested_on', { day: format.date(tested) })}`
      }
      actions={
        <Button
          variant="default"
          loading={start.busy}
          disabled={underWay}
          onClick={() => run(start.run(input))}
        >
          {t('test_start')}
        </Button>
      }
    >
      {latest && underWay && (
        <ProgressBar
          label={t(latest.state === 'waiting' ? 'test_waiting' : 'test_running')}
          done={latest.done}
          total={latest.of}
          unit={t('points')}
          cancelling={cancel.busy}
          onCancel={() => run(cancel.run({ id: latest.id }))}
        />
      )}
      {latest && (latest.state === 'failed' || latest.state === 'cancelled') && (
        <p className="k-muted">{t(`test_${latest.state}`)}</p>
      )}
    </Section>
  )
}
