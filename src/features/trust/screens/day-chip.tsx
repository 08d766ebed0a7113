// The chip of one of two days: quick choices, or any day.
import { useState } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { CheckMark } from '../../../web/ui/icons.tsx'
import { betweenTexts } from '../texts-between.ts'
import { quickDay, quickDays } from './between-days.ts'

export interface DayChipProps {
  which: 'earlier' | 'later'
  /** The chosen day; `today` of the later one means now. */
  day: string
  today: string
  /** Whether the two days are in order with this one. */
  fits: (day: string) => boolean
  onChoose: (day: string) => void
}

export function DayChip(props: DayChipProps) {
  const { which, day, today, onChoose } = props
  const t = useTexts(betweenTexts)
  const format = useFormat()
  return (
    <ChipPopover
      label={t(which)}
      value={day === today ? t('today') : format.date(day)}
      choose={t(`${which}_choose`)}
    >
      {(close) => (
        <DayChoice
          {...props}
          onChoose={(chosen) => {
            close()
            onChoose(chosen)
          }}
        />
      )}
    </ChipPopover>
  )
}

function DayChoice(props: DayChipProps) {
  const { which, today, fits, onChoose } = props
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const [day, setDay] = useState<string | undefined>(props.day)
  const ahead = day !== undefined && day > today
  const error = ahead ? t('ahead') : day !== undefined && !fits(day) ? t('backwards') : undefined
  const quick = quickDays
    .map((choice) => ({ label: t(`quick_${choice}`), day: quickDay(choice, today) }))
    .concat(which === 'later' ? [{ label: t('today'), day: today }] : [])
    .filter((one) => fits(one.day))
    .sort((a, b) => (a.day < b.day ? 1 : -1))
  return (
    <>
      {quick.length > 0 && (
        <ul className="results-pop-list">
          {quick.map((one) => (
            <li key={one.label}>
              <button
                type="button"
                aria-current={one.day === props.day ? 'true' : undefined}
                onClick={() => onChoose(one.day)}
              >
                <span>{one.label}</span>
                {one.day === props.day ? <CheckMark /> : <small>{format.shortDate(one.day)}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form
        submitLabel={t('apply')}
        onSubmit={() => {
          if (day !== undefined && error === undefined) onChoose(day)
        }}
        errors={error === undefined ? {} : { day: error }}
      >
        <DateField
          name="day"
          label={t('field')}
          today={today}
          value={day}
          onChange={setDay}
          required
        />
      </Form>
    </>
  )
}
