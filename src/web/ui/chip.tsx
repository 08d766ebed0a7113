// Filter chips: filled with value and × when set, dashed with + when only offered.
import { forwardRef, type MouseEvent, type ReactNode } from 'react'
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import { CheckMark, Cross } from './icons.tsx'
import { Menu, MenuItem } from './menu.tsx'
import './chip.css'

/** The row of chips; says to screen readers what it is. */
export function Chips(props: { children: ReactNode }) {
  const t = useTexts(partTexts)
  return (
    <fieldset className="k-chips">
      <legend className="k-hidden">{t('filters')}</legend>
      {props.children}
    </fieldset>
  )
}

export interface ChipProps {
  label: string
  /** Chosen value; without it the chip is an offer. */
  value?: string | undefined
  /** Muted words behind the value: “last with data”. */
  note?: string | undefined
  onClick?: (event: MouseEvent) => void
  /** Takes the value away; without it the chip has no ×. */
  onClear?: (() => void) | undefined
  /** What the offer and the × say to those who hear them, where it is no filter. */
  said?: { offer: string; clear: string } | undefined
}

export const Chip = forwardRef<HTMLButtonElement, ChipProps>(function Chip(props, ref) {
  const { label, value, note, onClick, onClear, said, ...others } = props
  const t = useTexts(partTexts)
  if (value === undefined) {
    return (
      <span className="k-chip k-chip-offer">
        <button
          type="button"
          ref={ref}
          {...others}
          aria-label={said?.offer ?? t('filter_add', { name: label })}
          onClick={onClick}
        >
          <span aria-hidden="true">+ {label}</span>
        </button>
      </span>
    )
  }
  return (
    <span className="k-chip">
      <button type="button" ref={ref} {...others} onClick={onClick}>
        {label !== '' && <span className="k-muted">{label} </span>}
        <b>{value}</b>
        {note && <span className="k-muted"> · {note}</span>}
      </button>
      {onClear && (
        <button
          type="button"
          className="k-chip-clear"
          aria-label={said?.clear ?? t('filter_clear', { name: label || value })}
          onClick={onClear}
        >
          <Cross />
        </button>
      )}
    </span>
  )
})

export interface ChipChoice {
  value: string
  label: string
  note?: string
}

export interface ChipMenuProps {
  label: string
  value?: string | undefined
  note?: string | undefined
  options: readonly ChipChoice[]
  onChoose: (value: string) => void
  /** Takes the choice away again; without it the chip has no ×. */
  onClear?: () => void
  said?: ChipProps['said']
}

/** A chip that opens its choices. */
export function ChipMenu(props: ChipMenuProps) {
  const chosen = props.options.find((option) => option.value === props.value)
  return (
    <Menu
      button={(opens) => (
        <Chip
          {...opens}
          label={props.label}
          value={chosen?.label ?? props.value}
          note={props.note}
          said={props.said}
          onClear={props.value === undefined ? undefined : props.onClear}
        />
      )}
    >
      {props.options.map((option) => (
        <MenuItem
          key={option.value}
          onClick={() => props.onChoose(option.value)}
          chosen={option.value === props.value}
          right={option.value === props.value ? <CheckMark /> : option.note}
        >
          {option.label}
        </MenuItem>
      ))}
    </Menu>
  )
}
