// A form: errors at the field and in a summary that takes the focus; Ctrl+Enter sends.
import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { KeyCap } from '../keys-shown.tsx'
import { useTexts } from '../language.ts'
import type { Problem } from '../problem.ts'
import { partTexts } from '../texts.ts'
import { type FieldEntry, FormContext, type FormState, useField } from './form-state.ts'
import './form.css'

export interface FormProps {
  /** Called when every field can be sent. */
  onSubmit: () => unknown
  submitLabel: string
  busy?: boolean
  /** Last refusal of the server. */
  problem?: Problem | undefined
  /** Further errors by field name. */
  errors?: Readonly<Record<string, string>>
  cancel?: () => void
  /** Beside the buttons: a second way to send. */
  extra?: ReactNode
  children: ReactNode
}

/**
 * Leaving a field may show an error below it and move the buttons from under the pointer; so the
 * field is not left before the click has arrived.
 */
function keepFocus(event: MouseEvent): void {
  event.preventDefault()
}

interface Wrong {
  name: string
  id: string | undefined
  label: string
  message: string
}

export function Form(props: FormProps) {
  const { onSubmit, submitLabel, busy = false, problem, errors, cancel, extra, children } = props
  const t = useTexts(partTexts)
  const fields = useRef(new Map<string, FieldEntry>())
  const summary = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLFormElement>(null)
  const [attempted, setAttempted] = useState(false)
  const [wrong, setWrong] = useState<readonly Wrong[]>([])

  const said = useCallback(
    (name: string) => errors?.[name] ?? (problem?.field === name ? problem.message : undefined),
    [errors, problem],
  )
  const state = useMemo<FormState>(
    () => ({
      attempted,
      register: (name, entry) => fields.current.set(name, entry),
      forget: (name) => fields.current.delete(name),
      said,
    }),
    [attempted, said],
  )
  // Every attempt makes a new list, so a second one moves the focus again.
  useEffect(() => {
    if (problem || wrong.length > 0) summary.current?.focus()
  }, [problem, wrong])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setAttempted(true)
    const found: Wrong[] = []
    for (const [name, entry] of fields.current) {
      if (entry.error) found.push({ name, id: entry.id, label: entry.label, message: entry.error })
    }
    setWrong(found)
    if (found.length === 0) void onSubmit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      element.current?.requestSubmit()
    }
  }
  const shown = wrong.length > 0 ? wrong : fromServer(problem, errors, fields.current)

  return (
    <FormContext.Provider value={state}>
      <form
        ref={element}
        className="k-form"
        noValidate
        onSubmit={submit}
        onKeyDown={onKeyDown}
        aria-busy={busy}
      >
        {(shown.length > 0 || problem) && (
          <Summary ref={summary} wrong={shown} problem={shown.length > 0 ? undefined : problem} />
        )}
        {children}
        <div className="k-form-buttons">
          <Button type="submit" loading={busy} onMouseDown={keepFocus}>
            {submitLabel}
          </Button>
          {extra}
          {cancel && (
            <Button variant="default" onClick={cancel} onMouseDown={keepFocus}>
              {t('cancel')}
            </Button>
          )}
          <span className="k-form-hint" aria-hidden="true">
            <KeyCap of="control" /> <kbd>Enter</kbd>
          </span>
        </div>
      </form>
    </FormContext.Provider>
  )
}

function fromServer(
  problem: Problem | undefined,
  errors: Readonly<Record<string, string>> | undefined,
  fields: ReadonlyMap<string, FieldEntry>,
): readonly Wrong[] {
  const all: Record<string, string> = { ...errors }
  if (problem?.field !== undefined && fields.has(problem.field)) {
    all[problem.field] = problem.message
  }
  return Object.entries(all).map(([name, message]) => {
    const field = fields.get(name)
    return { name, id: field?.id, label: field?.label ?? name, message }
  })
}

function Summary(props: {
  ref: React.Ref<HTMLDivElement>
  wrong: readonly Wrong[]
  problem: Problem | undefined
}) {
  const { ref, wrong, problem } = props
  const t = useTexts(partTexts)
  return (
    <div className="k-form-summary" role="alert" tabIndex={-1} ref={ref}>
      {wrong.length > 0 && (
        <>
          <p>{t('form_wrong', { count: wrong.length })}</p>
          <ul>
            {wrong.map((one) => (
              <li key={one.name}>
                <a
                  href={`#${one.id ?? ''}`}
                  onClick={(event) => {
                    event.preventDefault()
                    document.getElementById(one.id ?? '')?.focus()
                  }}
                >
                  {one.label}
                </a>
                {`: ${one.message}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {problem && (
        <>
          <p>{problem.message}</p>
          {problem.next && <p className="k-form-next">{problem.next}</p>}
          {problem.id && <p className="k-form-next">{t('failed_id', { id: problem.id })}</p>}
        </>
      )}
    </div>
  )
}

/** Fields beside each other where there is room. */
export function FieldRow(props: { children: ReactNode }) {
  return <div className="k-field-row">{props.children}</div>
}

export interface FieldProps<T> {
  /** Name of the field in the input of the operation; the server's errors are matched by it. */
  name: string
  label: string
  value: T
  onChange: (value: T) => void
  required?: boolean
  /** One sentence below the label. */
  hint?: string
  placeholder?: string
  autoFocus?: boolean
  disabled?: boolean
}

/** Error of a field that must not stay empty. */
export function useNeeded(required: boolean | undefined, empty: boolean): string | undefined {
  const t = useTexts(partTexts)
  return required && empty ? t('missing_entry') : undefined
}

export interface TextFieldProps extends FieldProps<string> {
  maxLength?: number
  type?: 'text' | 'email' | 'tel' | 'search'
  autoComplete?: string
}

export function TextField(props: TextFieldProps) {
  const [touched, setTouched] = useState(false)
  const needed = useNeeded(props.required, props.value.trim() === '')
  const field = useField(props.name, props.label, { error: needed, touched })
  return (
    <TextInput
      id={field.id}
      label={props.label}
      description={props.hint}
      placeholder={props.placeholder}
      error={field.error}
      withAsterisk={props.required ?? false}
      aria-required={props.required}
      value={props.value}
      type={props.type ?? 'text'}
      maxLength={props.maxLength}
      autoComplete={props.autoComplete ?? 'off'}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onBlur={() => setTouched(true)}
    />
  )
}

/** Several lines of text. */
export function LongField(props: TextFieldProps & { rows?: number }) {
  const [touched, setTouched] = useState(false)
  const needed = useNeeded(props.required, props.value.trim() === '')
  const field = useField(props.name, props.label, { error: needed, touched })
  return (
    <Textarea
      id={field.id}
      label={props.label}
      description={props.hint}
      placeholder={props.placeholder}
      error={field.error}
      withAsterisk={props.required ?? false}
      value={props.value}
      rows={props.rows ?? 3}
      maxLength={props.maxLength}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onBlur={() => setTouched(true)}
    />
  )
}

export function SwitchField(props: Omit<FieldProps<boolean>, 'placeholder' | 'required'>) {
  const field = useField(props.name, props.label, { error: undefined, touched: false })
  return (
    <Switch
      id={field.id}
      label={props.label}
      description={props.hint}
      error={field.error}
      checked={props.value}
      disabled={props.disabled ?? false}
      withThumbIndicator={false}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}
