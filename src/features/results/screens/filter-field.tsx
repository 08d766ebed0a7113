// Filters in a form: of a goal, a quota or a number that is handed down.
import { Chips } from '../../../web/ui/chip.tsx'
import { AddFilter, type AddFilterProps, FilterChip } from './filter-chip.tsx'
import type { Where } from './selection.ts'
import './results.css'

/** Filters as a field of a form: a chip for each that is set, and the offer to add one. */
export function FilterField(props: AddFilterProps & { label: string }) {
  const { label, dimensions, where, onChange } = props
  const change = (part: Where) => {
    const next = { ...where, ...part }
    onChange(Object.fromEntries(Object.entries(next).filter(([, cells]) => cells.length > 0)))
  }
  return (
    <fieldset className="results-filter-field">
      <legend>{label}</legend>
      <Chips>
        {dimensions
          .filter((one) => (where[one] ?? []).length > 0)
          .map((one) => (
            <FilterChip
              key={one}
              dimension={one}
              cells={where[one] ?? []}
              onChange={(cells) => change({ [one]: cells })}
            />
          ))}
        <AddFilter dimensions={dimensions} where={where} onChange={change} />
      </Chips>
    </fieldset>
  )
}
