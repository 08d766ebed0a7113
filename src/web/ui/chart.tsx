// A chart whose title is its finding; the same numbers as a table are one click away.
import { lazy, Suspense, useId, useState } from 'react'
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import type { ChartData } from './chart-data.ts'
import { Guard } from './states.tsx'
import './chart.css'

// Drawing weighs more than the rest of a first page; it comes when a chart is on the screen.
const Drawing = lazy(() => import('./chart-drawing.tsx').then((m) => ({ default: m.ChartDrawing })))

export interface ChartProps extends ChartData {
  /** What the chart shows, as a sentence. */
  finding: string
  /** What is drawn, and the unit. */
  note: string
  /** Head of the first column of the table: “Month”. */
  categoryLabel: string
  /** 210 px unless said; the same for all charts of a kind. */
  height?: number
  /** What a click on a point opens, such as the rows behind it; in the table its name does the same. */
  onChoose?: (index: number) => void
}

export function Chart(props: ChartProps) {
  const { finding, note, categoryLabel, height = 210, onChoose, ...data } = props
  const t = useTexts(partTexts)
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="k-chart" aria-labelledby={id}>
      <div className="k-chart-head">
        <div>
          <h2 id={id} className="k-section-title">
            {finding}
          </h2>
          <p className="k-section-note">{note}</p>
        </div>
        <button
          type="button"
          className="k-link k-chart-switch k-no-print"
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('as_chart') : t('as_table')}
        </button>
      </div>
      {asTable ? (
        <ChartTable
          data={data}
          caption={finding}
          categoryLabel={categoryLabel}
          onChoose={onChoose}
        />
      ) : (
        <Guard>
          <Suspense
            fallback={<div style={{ height }} role="status" aria-label={t('chart_loading')} />}
          >
            <Drawing data={data} height={height} label={`${finding} ${note}`} onChoose={onChoose} />
          </Suspense>
        </Guard>
      )}
    </section>
  )
}

function ChartTable(props: {
  data: ChartData
  caption: string
  categoryLabel: string
  onChoose: ((index: number) => void) | undefined
}) {
  const { data, caption, categoryLabel, onChoose } = props
  const t = useTexts(partTexts)
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? '\u2014' : data.format(value)
  const ranged = data.series.filter((one) => one.low && one.high)
  const valued = data.series.filter((one) => !one.bandOnly)
  return (
    <table className="k-table k-chart-table">
      <caption className="k-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{categoryLabel}</th>
          {valued.map((one) => (
            <th key={one.name} scope="col" className="k-right">
              {one.name}
            </th>
          ))}
          {ranged.map((one) => (
            <th key={one.name} scope="col" className="k-right">
              {ranged.length > 1 && `${one.name}: `}
              {t('lower')}
              {'\u2013'}
              {t('upper')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.categories.map((category, index) => (
          <tr key={category}>
            <th scope="row">
              {onChoose ? (
                <button type="button" className="k-link" onClick={() => onChoose(index)}>
                  {category}
                </button>
              ) : (
                category
              )}
            </th>
            {valued.map((one) => (
              <td key={one.name} className="k-right">
                {write(one.values[index])}
              </td>
            ))}
            {ranged.map((one) => (
              <td key={one.name} className="k-right">
                {write(one.low?.[index])}
                {'\u2013'}
                {write(one.high?.[index])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
