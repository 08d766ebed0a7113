// Filters by cells of a dimension: an offer to add one, and a chip for each that is set.
import { lazy, useState } from 'react'
import type { Cell } from '../../../basics/figure.ts'
import { useTexts } from '../../../web/language.ts'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { resultsTexts } from '../texts.ts'
import { useCellNames } from './cell-names.ts'
import type { FilterDimension, Where } from './selection.ts'

/** Comes when it is opened: boxes and a field that chips do without. */
const CellPicker = lazy(() => import('./cell-picker.tsx').then((m) => ({ default: m.CellPicker })))

/** A cell as it stands in a filter. */
export function cellValue(cell: Cell): string {
  return cell === null ? '-' : typeof cell === 'string' ? cell : cell.id
}

export function cellName(cell: Cell, without: string): string {
  return cell === null || cell === '' ? without : typeof cell === 'string' ? cell : cell.name
}

export interface AddFilterProps {
  dimensions: readonly FilterDimension[]
  where: Where
  onChange: (where: Where) => void
}

/** “+ Filter”: first the dimension, then its cells. */
export function AddFilter(props: AddFilterProps) {
  const { dimensions, where, onChange } = props
  const t = useTexts(resultsTexts)
  const [dimension, setDimension] = useState<FilterDimension>()
  return (
    <ChipPopover
      label={t('filter')}
      choose={t('filter_choose')}
      width={280}
      onClosed={() => setDimension(undefined)}
    >
      {() =>
        dimension === undefined ? (
          <ul className="results-pop-list">
            {dimensions.map((one) => (
              <li key={one}>
                <button type="button" onClick={() => setDimension(one)}>
                  {t(`dimension_${one}`)}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <>
            <button
              type="button"
              className="k-link results-pop-foot"
              onClick={() => setDimension(undefined)}
            >
              ‹ {t('filter_back')}
            </button>
            <CellPicker
              dimension={dimension}
              chosen={where[dimension] ?? []}
              onChange={(cells) => onChange({ [dimension]: cells })}
            />
          </>
        )
      }
    </ChipPopover>
  )
}

export interface FilterChipProps {
  dimension: FilterDimension
  cells: readonly string[]
  onChange: (cells: string[]) => void
}

export function FilterChip(props: FilterChipProps) {
  const { dimension, cells, onChange } = props
  const t = useTexts(resultsTexts)
  const names = useCellNames(dimension, cells)
  const first = cells[0] === '-' ? t('without') : (names?.[0] ?? '…')
  const value =
    cells.length > 1 ? t('filter_others', { name: first, count: cells.length - 1 }) : first
  const label = t(`dimension_${dimension}`)
  return (
    <ChipPopover
      label={label}
      value={value}
      onClear={() => onChange([])}
      choose={t('filter_by', { name: label })}
      width={280}
    >
      {() => <CellPicker dimension={dimension} chosen={cells} onChange={onChange} />}
    </ChipPopover>
  )
}
