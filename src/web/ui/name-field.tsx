// A name that is found while typing, and may be new: customers, products, sellers in a quick form.
import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { type FieldProps, useNeeded } from './form.tsx'
import { useField } from './form-state.ts'
import './choices.ts'

export interface NameFieldProps extends FieldProps<string> {
  /** Names that fit what is typed, from the server. */
  names: readonly string[]
}

export function NameField(props: NameFieldProps) {
  const { name, label, value, onChange, names } = props
  const [touched, setTouched] = useState(false)
  const needed = useNeeded(props.required, value.trim() === '')
  const field = useField(name, label, { error: needed, touched })
  return (
    <Autocomplete
      id={field.id}
      label={label}
      description={props.hint}
      placeholder={props.placeholder}
      error={field.error}
      withAsterisk={props.required ?? false}
      aria-required={props.required}
      data={[...new Set(names)]}
      value={value}
      limit={12}
      maxLength={200}
      selectFirstOptionOnChange={false}
      // An open list without names would be seen by nobody and would take the first Esc.
      openOnFocus={names.length > 0}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      onChange={onChange}
      onBlur={() => setTouched(true)}
    />
  )
}
