// One of many, found by typing: customers, products, sellers.
import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../language.ts'
import { partTexts, shellTexts } from '../texts.ts'
import { type FieldProps, useNeeded } from './form.tsx'
import type { Choice } from './form-inputs.tsx'
import { useField } from './form-state.ts'
import './choices.ts'

export interface PickFieldProps extends FieldProps<string | undefined> {
  /** What can be chosen now; must hold the chosen one. */
  options: readonly Choice[]
  /** Called while typing, where the options come from the server. Absent: filtered here. */
  onSearch?: (text: string) => void
}

export function PickField(props: PickFieldProps) {
  const { name, label, value, onChange, options, onSearch } = props
  const t = useTexts(partTexts)
  const shell = useTexts(shellTexts)
  const [touched, setTouched] = useState(false)
  const [typed, setTyped] = useState('')
  const needed = useNeeded(props.required, value === undefined)
  const field = useField(name, label, { error: needed, touched })
  return (
    <Select
      id={field.id}
      label={label}
      description={props.hint}
      placeholder={props.placeholder ?? t('choose')}
      error={field.error}
      withAsterisk={props.required ?? false}
      aria-required={props.required}
      searchable
      clearable={!props.required}
      clearButtonProps={{ 'aria-label': t('close') }}
      data={[...options]}
      value={value ?? null}
      limit={50}
      nothingFoundMessage={shell('palette_none', { text: typed })}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled ?? false}
      onSearchChange={(text) => {
        setTyped(text)
        onSearch?.(text)
      }}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      onBlur={() => setTouched(true)}
    />
  )
}
