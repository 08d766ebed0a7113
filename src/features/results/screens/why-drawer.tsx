// Why a figure is what it is: sentence, formula with its numbers, interval, what is left out, rows, origin.
import { Button } from '@mantine/core'
import { ScreenLink, useSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer, DrawerPart, Formula } from '../../../web/ui/drawer.tsx'
import { Figure, MissingReason } from '../../../web/ui/figure.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { parseWhy } from '../../../web/why.ts'
import type { MetricId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import { changesTexts } from '../texts-changes.ts'
import { divisibleNamed } from './divisible.ts'
import {
  cohortOfQuestion,
  isEver,
  type RowsInput,
  readSelection,
  whereInAddress,
  whereOfQuestion,
} from './selection.ts'
import { askOf } from './use-selection.ts'
import { WhyOrigin } from './why-origin.tsx'
import { WhyRows } from './why-rows.tsx'
import './results.css'

export type Why = Answer<'results.why'>

export function WhyDrawer(props: DrawerProps) {
  const { value, close } = props
  const t = useTexts(resultsTexts)
  const question = parseWhy(value)
  const { asOf } = readSelection(useSearch())
  const metric = metricNamed(question?.metric)
  if (question === undefined || metric === undefined) {
    return (
      <Drawer title={t('why_mangled')} close={close} print={false}>
        <p>{t('why_mangled_text')}</p>
      </Drawer>
    )
  }
  const input: RowsInput = {
    metric,
    where: whereOfQuestion(question.where),
    ...cohortOfQuestion(question.where),
    ...(question.period === undefined ? {} : { period: question.period }),
    ...(asOf === undefined ? {} : { asOf }),
  }
  return <WhySheet input={input} close={close} />
}

/** The metric of that name; undefined when an address has been mangled. */
export function metricNamed(name: string | undefined): MetricId | undefined {
  return `metric_${name}` in resultsTexts.en ? (name as MetricId) : undefined
}

function WhySheet(props: { input: RowsInput; close: () => void }) {
  const { input, close } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const lang = useLanguage()
  const why = useOperation('results.why', { ...input, lang })
  const { data } = why
  const title = data
    ? t('why_title', {
        name: data.name,
        value: format.figure(data.figure, titleStyle(data)).text,
      })
    : t(`metric_${input.metric}`)
  const copy = async () => {
    await navigator.clipboard.writeText(location.href)
    toast.done(t('copied'))
  }
  return (
    <Drawer
      title={title}
      note={data && <Whose data={data} asOf={input.asOf} />}
      close={close}
      foot={
        // Browsers hand out the clipboard on this machine and over https only.
        window.isSecureContext && (
          <Button variant="subtle" size="compact-sm" onClick={() => void copy()}>
            {t('copy_link')}
          </Button>
        )
      }
    >
      <Answered
        query={why}
        shape="panel"
        empty={(answer) =>
          answer.figure.missing?.code === 'no_right' ? (
            <Empty kind="no-right" title={t('no_right')} text={answer.figure.missing.text} />
          ) : undefined
        }
      >
        {(answer) => (
          <div className="results-why">
            <p>{answer.sentence}</p>
            <WhyFormula data={answer} input={input} />
            {answer.cohort === null && (
              <WhyChanged input={{ ...input, period: answer.period.id }} />
            )}
            {answer.leftOut.length > 0 && (
              <DrawerPart title={t('left_out')}>
                <ul className="results-plain-list">
                  {answer.leftOut.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </DrawerPart>
            )}
            <DrawerPart title={t('rows')}>
              <WhyRows
                data={answer}
                input={isEver(answer.period) ? input : { ...input, period: answer.period.id }}
              />
            </DrawerPart>
            <WhyOrigin data={answer} />
          </div>
        )}
      </Answered>
    </Drawer>
  )
}

/** The way to the page that divides the change of this figure; only where it can be divided. */
function WhyChanged({ input }: { input: RowsInput }) {
  const t = useTexts(changesTexts)
  if (divisibleNamed(input.metric) === undefined) return null
  return (
    <p className="results-more-ways k-no-print">
      <ScreenLink
        to="why-changed"
        search={{
          metric: input.metric,
          period: input.period,
          ...whereInAddress(input.where ?? {}),
        }}
      >
        {t('why_changed')}
      </ScreenLink>
    </p>
  )
}

function titleStyle(data: Why): { digits?: number } {
  return data.figure.unit === 'rate' ? { digits: 1 } : {}
}

function Whose(props: { data: Why; asOf: string | undefined }) {
  const { data, asOf } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const filters = data.scope.map((one) => format.list(one.cells))
  const scope =
    [...filters, ...(data.cohort === null ? [] : [data.cohort])].join(' · ') || t('everyone')
  const period = isEver(data.period) ? t('ever') : format.range(data.period)
  return (
    <span title={period}>
      {scope} · {period} ·{' '}
      {asOf === undefined ? t('as_known_now') : t('as_known_on', { date: format.date(asOf) })}
    </span>
  )
}

/** The formula; those of its parts that are metrics themselves can be asked on. */
function WhyFormula(props: { data: Why; input: RowsInput }) {
  const { data, input } = props
  const t = useTexts(resultsTexts)
  const lang = useLanguage()
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  const ask = askOf(input.where, isEver(data.period) ? undefined : data.period.id)
  const metricOf = (label: string) => metrics.find((metric) => metric.name[lang] === label)?.id
  return (
    <>
      {data.figure.value === undefined ? (
        <Formula>{data.figure.missing?.text ?? data.formula.text}</Formula>
      ) : (
        <Formula below={data.method?.replace('n = ', 'n\u00a0=\u00a0')}>
          {data.formula.text}
        </Formula>
      )}
      {data.figure.missing?.more !== undefined && <MissingReason figure={data.figure} />}
      {data.formula.parts.length > 0 && (
        <dl className="results-parts" aria-label={t('parts')}>
          {data.formula.parts.map((part) => {
            const metric = metricOf(part.label)
            return (
              <div key={part.label}>
                <dt>{part.label}</dt>
                <dd>
                  <Figure
                    figure={part.figure}
                    name={part.label}
                    why={
                      metric === undefined || metric === data.metric
                        ? undefined
                        : ask(metric, {}, input)
                    }
                  />
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </>
  )
}
