// What the period chip opens: periods by kind, or days from until.
import { useState } from 'react'
import { dayAfter, dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { DaySpanFields } from '../../../web/ui/day-span-fields.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { CheckMark } from '../../../web/ui/icons.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import type { PeriodChipProps, ShownPeriod } from './period-chip.tsx'
import { kindOfPeriod, type PeriodKind, periodKinds } from './selection.ts'

export interface PeriodChoiceProps {
  shown: ShownPeriod | undefined
  all: string | undefined
  also: NonNullable<PeriodChipProps['also']>
  choose: (period: string | undefined) => void
}

export function PeriodChoice(props: PeriodChoiceProps) {
  const { shown, all, also, choose } = props
  const t = useTexts(resultsTexts)
  const fiscalFirstMonth = useOrganisation().data?.settings.fiscalFirstMonth ?? 1
  const [kind, setKind] = useState<PeriodKind | 'custom'>(
    shown === undefined ? 'quarter' : kindOfPeriod(shown.id),
  )
  const kinds = periodKinds.filter((one) => fiscalFirstMonth !== 1 || !one.startsWith('fiscal'))
  return (
    <>
      <Pills
        label={t('kind')}
        value={kind}
        options={[...kinds, 'custom' as const].map((one) => ({
          value: one,
          label: t(`kind_${one}`),
        }))}
        onChange={setKind}
      />
      {kind === 'custom' ? (
        <Days shown={shown} choose={choose} />
      ) : (
        <PeriodList kind={kind} shown={shown} choose={choose} />
      )}
      {also.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          className="k-link results-pop-foot"
          onClick={() => choose(value)}
        >
          {label}
        </button>
      ))}
      {shown?.byDefault !== true && (
        <button type="button" className="k-link results-pop-foot" onClick={() => choose(undefined)}>
          {all ?? t('period_last')}
        </button>
      )}
    </>
  )
}

function PeriodList(props: {
  kind: PeriodKind
  shown: ShownPeriod | undefined
  choose: (period: string) => void
}) {
  const { kind, shown, choose } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const periods = useOperation('results.periods', { kind })
  return (
    <Answered
      query={periods}
      shape="panel"
      empty={(data) =>
        data.rows.length === 0 ? <p className="results-pop-none">{t('period_none')}</p> : undefined
      }
    >
      {(data) => (
        <ul className="results-pop-list">
          {data.rows.map((period) => (
            <li key={period.id}>
              <button
                type="button"
                aria-current={period.id === shown?.id ? 'true' : undefined}
                title={format.range(period)}
                onClick={() => choose(period.id)}
              >
                <span>{format.period(period)}</span>
                {period.id === shown?.id && <CheckMark />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Answered>
  )
}

/** First and last day as people say them; the address holds the day after the last. */
function Days(props: { shown: ShownPeriod | undefined; choose: (period: string) => void }) {
  const { shown, choose } = props
  const t = useTexts(resultsTexts)
  const today = useOrganisationDay() ?? ''
  const [from, setFrom] = useState(shown?.from)
  const [last, setLast] = useState(shown === undefined ? undefined : dayBefore(shown.until))
  const apply = () => {
    if (from !== undefined && last !== undefined) choose(`${from}..${dayAfter(last)}`)
  }
  return (
    <Form submitLabel={t('apply')} onSubmit={apply}>
      <DaySpanFields
        today={today}
        first={{ name: 'from', label: t('from'), value: from, onChange: setFrom, required: true }}
        last={{ name: 'last', label: t('until'), value: last, onChange: setLast, required: true }}
      />
    </Form>
  )
}
