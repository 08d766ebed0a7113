// Fields for amounts, numbers, dates and choices; they understand German and English habits.
import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useFormat, useLanguage, useTexts } from '../language.ts'
import { type Parsed, parseDate, parseMoney, parseNumber } from '../parse.ts'
import { partTexts } from '../texts.ts'
import { type FieldProps, useNeeded } from './form.tsx'
import { useField } from './form-state.ts'
import { Calendar } from './icons.tsx'

interface TypedProps<T> extends FieldProps<T | undefined> {
  read: (text: string) => Parsed<T>
  write: (value: T) => string
  inputMode?: 'decimal' | 'numeric' | 'text'
  right?: React.ReactNode
  rightWidth?: number
  /** For the sentence about too many decimals. */
  currency?: string
  /** Why what is entered does not fit to other fields. */
  wrong?: string
}

/** Text on the screen, value in the form: read on every key, written out when the field is left. */
function TypedField<T>(props: TypedProps<T>) {
  const { name, label, value, onChange, read, write } = props
  const t = useTexts(partTexts)
  const language = useLanguage()
  const [text, setText] = useState(value === undefined ? '' : write(value))
  const [touched, setTouched] = useState(false)
  const sent = useRef(value)
  const needed = useNeeded(props.required, text.trim() === '')
  const parsed = text.trim() === '' ? undefined : read(text)
  const why = parsed && !parsed.ok ? t(parsed.why, { currency: props.currency ?? '' }) : undefined
  const field = useField(name, label, { error: why ?? needed ?? props.wrong, touched })

  // A value set from outside (another record, the other version of a conflict), or the other
  // language: written anew. What the person is typing stays as it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `write` is new on every render.
  useEffect(() => {
    if (value === sent.current && document.activeElement?.id === field.id) return
    if (value !== undefined || value !== sent.current) {
      setText(value === undefined ? '' : write(value))
    }
    sent.current = value
  }, [value, language, field.id])

  const change = (next: string) => {
    setText(next)
    const result = next.trim() === '' ? undefined : read(next)
    const understood = result?.ok ? result.value : undefined
    sent.current = understood
    if (understood !== value) onChange(understood)
  }
  const leave = () => {
    setTouched(true)
    if (parsed?.ok) setText(write(parsed.value))
  }
  return (
    <TextInput
      id={field.id}
      label={label}
      description={props.hint}
      placeholder={props.placeholder}
      error={field.error}
      withAsterisk={props.required ?? false}
      aria-required={props.required}
      value={text}
      inputMode={props.inputMode ?? 'text'}
      autoComplete="off"
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      rightSection={props.right}
      rightSectionWidth={props.rightWidth ?? 34}
      rightSectionPointerEvents="all"
      className="k-field-typed"
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}

export interface MoneyFieldProps extends FieldProps<number | undefined> {
  /** ISO 4217 code; the value is in its minor units. */
  currency: string
}

export function MoneyField(props: MoneyFieldProps) {
  const { currency } = props
  const language = useLanguage()
  const format = useFormat()
  return (
    <TypedField
      {...props}
      read={(text) => parseMoney(text, currency, language)}
      write={(value) => format.money(value, currency)}
      inputMode="decimal"
      right={<span className="k-field-unit">{currency}</span>}
      rightWidth={50}
    />
  )
}

export interface NumberFieldProps extends FieldProps<number | undefined> {
  /** Most decimals written out; typed ones are kept. */
  digits?: number
  unit?: string
}

export function NumberField(props: NumberFieldProps) {
  const { digits, unit } = props
  const language = useLanguage()
  const format = useFormat()
  const decimals = (value: number) => digits ?? (String(value).split('.')[1] ?? '').length
  return (
    <TypedField
      {...props}
      read={(text) => parseNumber(text, language)}
      write={(value) => format.number(value, decimals(value))}
      inputMode="decimal"
      right={unit === undefined ? undefined : <span className="k-field-unit">{unit}</span>}
      rightWidth={unit === undefined ? 34 : 62}
    />
  )
}

export interface DateFieldProps extends FieldProps<string | undefined> {
  /** 'YYYY-MM-DD' in the zone of the organisation; “today” and “−3” are read from it. */
  today: string
  /** Why the day does not fit to other fields; it is not sent. */
  wrong?: string
}

export function DateField(props: DateFieldProps) {
  const format = useFormat()
  const t = useTexts(partTexts)
  const native = useRef<HTMLInputElement>(null)
  return (
    <div className="k-date">
      <TypedField
        {...props}
        read={(text) => parseDate(text, props.today)}
        write={(value) => format.date(value)}
        right={
          <ActionIcon
            variant="subtle"
            aria-label={t('pick_date')}
            disabled={props.disabled ?? false}
            onClick={() => native.current?.showPicker()}
          >
            <Calendar />
          </ActionIcon>
        }
      />
      <input
        ref={native}
        className="k-date-native"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      />
    </div>
  )
}

export interface Choice {
  value: string
  label: string
}

export interface ChoiceFieldProps extends FieldProps<string> {
  options: readonly Choice[]
  /** What the empty value means, where it means something. */
  empty?: string
}

/** One of a few; the system's own list, also on phones. An empty value offers “choose”. */
export function ChoiceField(props: ChoiceFieldProps) {
  const t = useTexts(partTexts)
  const [touched, setTouched] = useState(false)
  const needed = useNeeded(props.required, props.value === '')
  const field = useField(props.name, props.label, { error: needed, touched })
  const first =
    props.required && props.value !== '' ? [] : [{ value: '', label: props.empty ?? t('choose') }]
  return (
    <NativeSelect
      id={field.id}
      label={props.label}
      description={props.hint}
      error={field.error}
      withAsterisk={props.required ?? false}
      value={props.value}
      data={[...first, ...props.options]}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onBlur={() => setTouched(true)}
    />
  )
}
