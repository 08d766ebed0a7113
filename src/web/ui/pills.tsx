// A choice of two or three words side by side; radio buttons underneath.
import { useId } from 'react'
import './pills.css'

export interface PillsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; lang?: string }[]
  onChange: (value: Value) => void
  /** Shows the label above instead of to screen readers only. */
  labelled?: boolean
}

export function Pills<Value extends string>(props: PillsProps<Value>) {
  const name = useId()
  return (
    <fieldset className="k-pills">
      <legend className={props.labelled ? 'k-pills-label' : 'k-hidden'}>{props.label}</legend>
      <div className="k-pills-row">
        {props.options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
