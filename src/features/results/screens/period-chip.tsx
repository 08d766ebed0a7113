// The period chip: which stretch of time, of which kind, or days from until.
import { lazy } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { resultsTexts } from '../texts.ts'

/** With its form and fields it weighs more than the rest of the chips. */
const PeriodChoice = lazy(() =>
  import('./period-choice.tsx').then((m) => ({ default: m.PeriodChoice })),
)

export interface ShownPeriod {
  id: string
  from: string
  until: string
  byDefault: boolean
}

export interface PeriodChipProps {
  /** Period of the answer on the screen. */
  shown: ShownPeriod | undefined
  /** Undefined: the last with data. */
  onChoose: (period: string | undefined) => void
  /** What is shown without a choice, where that is not the last period with data but everything. */
  all?: string
  /** Words before the period. */
  label?: string
  /** Choices that are no period of their own: the period before. */
  also?: readonly { value: string; label: string }[]
}

export function PeriodChip(props: PeriodChipProps) {
  const { shown, onChoose, all, label = '', also = [] } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  return (
    <ChipPopover
      label={label}
      value={shown === undefined ? (all ?? t('period')) : format.period(shown)}
      note={shown?.byDefault ? (all ?? t('last_with_data')) : undefined}
      choose={t('period_choose')}
    >
      {(close) => (
        <PeriodChoice
          shown={shown}
          all={all}
          also={also}
          choose={(period) => {
            close()
            onChoose(period)
          }}
        />
      )}
    </ChipPopover>
  )
}
