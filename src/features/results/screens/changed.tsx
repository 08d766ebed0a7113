// What changed most between two periods: whose revenue, by how much, and in a few words why.
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { resultsTexts } from '../texts.ts'
import { Difference } from './difference.tsx'
import { cellName, cellValue } from './filter-chip.tsx'
import type { Overview } from './overview-sides.tsx'
import { type FilterDimension, filterDimensions } from './selection.ts'
import type { AskOf } from './use-selection.ts'

const firstChanges = 5

export function Changed(props: { data: Overview; ask: AskOf }) {
  const { data, ask } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const [all, setAll] = useState(false)
  const shown = all ? data.changed : data.changed.slice(0, firstChanges)
  const { value, currency = data.currency } = data.changedTotal
  const total =
    value === undefined ? '' : format.money(value, currency, { digits: 'whole', signed: true })
  return (
    <Section
      title={t('changed')}
      note={
        data.changed.length === 0
          ? t('changed_none')
          : t('changed_note', { total, period: format.period(data.previous) })
      }
    >
      <p className="k-more">
        <ScreenLink to="why-changed" keep={filterDimensions} search={{ period: data.period.id }}>
          {t('changed_why')}
        </ScreenLink>
      </p>
      <ul className="results-changed">
        {shown.map((one) => {
          const dimension = t(`dimension_${one.dimension as FilterDimension}`)
          const name = cellName(one.cell, t('none_given', { dimension }))
          return (
            <li key={`${one.dimension} ${cellValue(one.cell)}`}>
              <div className="results-changed-line">
                <span>{name}</span>
                <Difference
                  figure={one.difference}
                  name={name}
                  why={ask('revenue', { [one.dimension]: [cellValue(one.cell)] })}
                />
              </div>
              <p className="results-changed-text">
                {dimension}
                {one.text !== '' && ` · ${one.text}`}
              </p>
            </li>
          )
        })}
      </ul>
      {data.changed.length > firstChanges && (
        <p className="k-more k-no-print">
          <button type="button" className="k-link" onClick={() => setAll(!all)}>
            {all ? t('changed_few') : t('changed_all', { count: data.changed.length })}
          </button>
        </p>
      )}
    </Section>
  )
}
