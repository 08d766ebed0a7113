// A result by the cells of a dimension: the largest by revenue, each figure with its question.
import { useState } from 'react'
import type { Cell, Figure as FigureShape } from '../../../basics/figure.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { ExportMenu } from '../../../web/ui/export-menu.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import type { WhyQuestion } from '../../../web/why.ts'
import { resultsTexts } from '../texts.ts'
import { Asked } from './difference.tsx'
import { cellName, cellValue } from './filter-chip.tsx'
import { askOf, type Chosen } from './use-selection.ts'

const metrics = ['revenue', 'win-rate'] as const
type Shown = (typeof metrics)[number]

interface BreakdownRow {
  cell: Cell
  figures: Readonly<Record<Shown, FigureShape>>
}

const nothing: FigureShape = { value: 0 }

/** Rows of `results.figures` by one dimension, largest revenue first. */
function breakdownRows(
  by: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): BreakdownRow[] {
  return rows
    .map((row) => ({
      cell: (row[by] ?? null) as Cell,
      figures: {
        revenue: (row.revenue ?? nothing) as FigureShape,
        'win-rate': (row['win-rate'] ?? nothing) as FigureShape,
      },
    }))
    .toSorted((one, other) => (other.figures.revenue.value ?? 0) - (one.figures.revenue.value ?? 0))
}

const firstRows = 8

interface BreakdownProps {
  by: 'product' | 'customer'
  chosen: Chosen
}

export function Breakdown(props: BreakdownProps) {
  const { by, chosen } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const [all, setAll] = useState(false)
  const lang = useLanguage()
  const asked = { metric: [...metrics], by: [by], ...chosen.input }
  const answer = useOperation('results.figures', { ...asked, lang })
  const rows = breakdownRows(by, answer.data?.rows ?? [])
  const shown = all ? rows : rows.slice(0, firstRows)
  const period = answer.data && format.period(answer.data.period)
  const note =
    period === undefined
      ? undefined
      : rows.length > firstRows && !all
        ? t('largest_note', { count: firstRows, period })
        : period
  return (
    <Section
      title={t(`by_${by}`)}
      note={note}
      actions={<ExportMenu table="figures" filter={asked} small />}
    >
      <Answered
        query={answer}
        empty={() =>
          rows.length === 0 ? <p className="results-pop-none">{t('breakdown_none')}</p> : undefined
        }
      >
        {(data) => (
          <BreakdownTable
            by={by}
            rows={shown}
            total={rows.length}
            ask={askOf(chosen.where, data.period.id)}
            next={shown.length < rows.length ? () => setAll(true) : undefined}
          />
        )}
      </Answered>
    </Section>
  )
}

function BreakdownTable(props: {
  by: 'product' | 'customer'
  rows: readonly BreakdownRow[]
  total: number
  ask: ReturnType<typeof askOf>
  next: (() => void) | undefined
}) {
  const { by, rows, total, ask, next } = props
  const t = useTexts(resultsTexts)
  const nameOf = (row: BreakdownRow) => cellName(row.cell, t('unnamed'))
  const revenue: Column<BreakdownRow> = {
    id: 'revenue',
    head: t('metric_revenue'),
    align: 'right',
    keep: true,
    cell: (row) => (
      <Figure
        figure={row.figures.revenue}
        name={`${nameOf(row)}, ${t('metric_revenue')}`}
        why={ask('revenue', { [by]: [cellValue(row.cell)] })}
      />
    ),
  }
  return (
    <DataTable
      caption={t(`by_${by}`)}
      rows={rows}
      columns={[
        { id: 'name', head: t(`dimension_${by}`), main: true, cell: nameOf },
        revenue,
        {
          id: 'win-rate',
          head: t('won_of_closed'),
          align: 'right',
          keep: true,
          cell: (row) => (
            <WonOfClosed
              figure={row.figures['win-rate']}
              name={`${nameOf(row)}, ${t('metric_win-rate')}`}
              why={ask('win-rate', { [by]: [cellValue(row.cell)] })}
            />
          ),
        },
      ]}
      rowId={(row) => cellValue(row.cell)}
      rowLabel={nameOf}
      rowLink={(row) =>
        row.cell !== null && typeof row.cell === 'object'
          ? { to: `${by}s/${row.cell.id}` }
          : undefined
      }
      {...(next === undefined ? {} : { more: { shown: rows.length, total, next } })}
    />
  )
}

/** A rate of a few deals as what it is: 2 of 3. */
function WonOfClosed(props: { figure: FigureShape; name: string; why: WhyQuestion }) {
  const { figure, name, why } = props
  const t = useTexts(resultsTexts)
  const { value, n = 0 } = figure
  if (value === undefined) return <Figure figure={figure} name={name} why={why} />
  return (
    <Asked text={t('of_closed', { won: Math.round(value * n), closed: n })} name={name} why={why} />
  )
}
