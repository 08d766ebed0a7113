// What a filter chip opens: the cells of a dimension, searched and ticked.
import { Checkbox, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import type { FilterDimension } from './selection.ts'

const listed = 50

export interface CellPickerProps {
  dimension: FilterDimension
  chosen: readonly string[]
  onChange: (cells: string[]) => void
}

export function CellPicker(props: CellPickerProps) {
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
