// The first and the last day of a stretch beside each other; a last day before the first is not sent.
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import { FieldRow } from './form.tsx'
import { DateField, type DateFieldProps } from './form-inputs.tsx'

type DayProps = Omit<DateFieldProps, 'today' | 'wrong'>

export function DaySpanFields(props: { today: string; first: DayProps; last: DayProps }) {
  const { today, first, last } = props
  const t = useTexts(partTexts)
  const backwards =
    first.value !== undefined && last.value !== undefined && last.value < first.value
  return (
    <FieldRow>
      <DateField {...first} today={today} />
      <DateField
        {...last}
        today={today}
        {...(backwards ? { wrong: t('last_before_first') } : {})}
      />
    </FieldRow>
  )
}
