// The forecast: what is likely, what it rests on, what people commit to.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ScreenLink, useGo, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { forecastTexts } from '../texts.ts'
import { ForecastModels, ForecastStages } from './forecast-basis.tsx'
import { ForecastCalls } from './forecast-calls.tsx'
import { ForecastChart } from './forecast-chart.tsx'
import { ForecastChips } from './forecast-chips.tsx'
import { ForecastPeriods } from './forecast-periods.tsx'
import { OpenDealsTest } from './open-deals-test.tsx'
import { type ForecastQuestion, useForecastQuestion } from './question.ts'
import './forecast.css'

export type Forecast = Answer<'forecast.show'>

export function ForecastScreen() {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const question = useForecastQuestion()
  const forecast = useOperation('forecast.show', question.input)
  const { data } = forecast
  const parts = {
    scope: useScopeName()(data?.scope),
    metric: t(`metric_${question.metric}`),
    grain: t(`by_${question.by}`),
  }
  return (
    <Page
      finding={data?.finding ?? t('title')}
      note={
        question.asOf === undefined
          ? t('note', parts)
          : t('note_as_of', { ...parts, day: format.date(question.asOf) })
      }
      chips={<ForecastChips question={question} />}
      actions={<Keep data={data} question={question} />}
      exports={{ table: 'forecast', filter: withoutLang(question.input) }}
    >
      <Answered
        query={forecast}
        shape="page"
        empty={(answer) => (answer.missing === null ? undefined : <NotEnough data={answer} />)}
      >
        {(answer) => (
          <div className="forecast-stack">
            <ForecastChart data={answer} />
            {answer.notes.length > 0 && (
              <ul className="forecast-notes">
                {answer.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
            <ForecastPeriods data={answer} />
            <ForecastCalls data={answer} question={question} />
            <div className="forecast-stack forecast-basis">
              <ForecastModels data={answer} />
              <ForecastStages data={answer} />
              <OpenDealsTest data={answer} question={question} />
            </div>
          </div>
        )}
      </Answered>
    </Page>
  )
}

/** Whose figures an answer tells. */
export function useScopeName(): (scope: Forecast['scope'] | undefined) => string {
  const t = useTexts(forecastTexts)
  return (scope) =>
    scope === undefined
      ? ''
      : (scope.of?.name ?? (scope.kind === 'organisation' ? t('everyone') : t('reached')))
}

function withoutLang({ lang: _, ...input }: ForecastQuestion['input']) {
  return input
}

/**
 * Keeps what is on the screen by itself, once per question and day, so that it can be graded. Only what was
 * taken back is kept by a press; the way to the grades beside it.
 */
function Keep({ data, question }: { data: Forecast | undefined; question: ForecastQuestion }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const make = useChange('forecast.make', {
    holds: ({ forecast }, input) => ({ name: 'forecast.show', input, answer: forecast }),
  })
  const undo = useChange('changes.undo')
  const roles = useOrganisation().data?.me.roles ?? []
  const mayKeep = roles.some((role) => role !== 'auditor') && (data?.keepable ?? false)
  const { asOf: _, ...input } = question.input
  const key = JSON.stringify(input)
  const [failed, setFailed] = useState<string>()
  const keep = async () => {
    try {
      const { changeId } = await make.run(input)
      if (changeId) toast.undo(t('kept'), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const toKeep = mayKeep && data !== undefined && data.kept === null && !data.takenBack
  const asked = useRef(new Set<string>())
  // Where it fails the forecast itself is there all the same: it is said, and a press tries again.
  useEffect(() => {
    if (!toKeep || asked.current.has(key)) return
    asked.current.add(key)
    void make.run(input).catch(() => setFailed(key))
  })
  const unkept = toKeep && failed === key
  return (
    <div className="forecast-actions">
      {unkept && (
        <span className="k-muted" role="status">
          {t('not_kept')}
        </span>
      )}
      {data?.kept ? (
        <span className="k-muted">{t('kept_on', { day: format.instant(data.kept.at) })}</span>
      ) : (
        mayKeep &&
        (data?.takenBack || unkept) && (
          <Button variant="default" loading={make.busy} onClick={() => void keep()}>
            {t(unkept ? 'keep_now' : 'keep')}
          </Button>
        )
      )}
      <ScreenLink to="forecast/grades" search={{ metric: question.metric }}>
        {t('grades')}
      </ScreenLink>
    </div>
  )
}

/** Neither the series nor open deals say anything; what is there is said in the finding. */
function NotEnough({ data }: { data: Forecast }) {
  const t = useTexts(forecastTexts)
  const setSearch = useSetSearch()
  const go = useGo()
  const action =
    data.by !== 'week' && data.periods.have > 0
      ? { label: t('try_weeks'), run: () => setSearch({ by: 'week', horizon: undefined }) }
      : { label: t('bring_more'), run: () => go('imports') }
  return (
    <Empty kind="not-enough" title={t('not_enough')} text={data.missing?.text} action={action} />
  )
}
