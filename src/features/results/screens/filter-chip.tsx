// Filters by cells of a dimension: an offer to add one, and a chip for each that is set.
import { Checkbox, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { Cell } from '../../../basics/figure.ts'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chips } from '../../../web/ui/chip.tsx'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { useCellNames } from './cell-names.ts'
import type { FilterDimension, Where } from './selection.ts'
import './results.css'

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

const listed = 50

function CellPicker(props: {
  dimension: FilterDimension
  chosen: readonly string[]
  onChange: (cells: string[]) => void
}) {
  const { dimension, chosen, onChange } = props
  const t = useTexts(resultsTexts)
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 180)
  const cells = useOperation('results.cells', {
    dimension,
    limit: listed,
    ...(search === '' ? {} : { search }),
  })
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <div className="results-cells">
      <TextInput
        type="search"
        aria-label={t('filter_search')}
        placeholder={t('filter_search')}
        value={text}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Answered
        query={cells}
        shape="panel"
        empty={(data) =>
          data.rows.length === 0 ? (
            <p className="results-pop-none">{t('filter_none')}</p>
          ) : undefined
        }
      >
        {(data) => (
          <>
            <ul className="results-pop-list">
              {data.rows.map((cell) => (
                <li key={cellValue(cell)}>
                  <Checkbox
                    label={cellName(cell, t('without'))}
                    checked={chosen.includes(cellValue(cell))}
                    onChange={() => toggle(cellValue(cell))}
                  />
                </li>
              ))}
            </ul>
            {data.rows.length >= listed && <p className="results-pop-none">{t('filter_more')}</p>}
          </>
        )}
      </Answered>
    </div>
  )
}
