// The board: who is ahead, who cannot be told apart, who is behind; intervals instead of places.
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import { useSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Figure, intervalText } from '../../../web/ui/figure.tsx'
import { IntervalDot } from '../../../web/ui/interval-dot.tsx'
import { resultsTexts } from '../texts.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import { timeInAddress } from './selection.ts'
import type { AskOf } from './use-selection.ts'

export type Board = Answer<'results.board'>
export type BoardRow = Board['rows'][number]
export type BoardBy = 'seller' | 'team' | 'manager' | 'office'
export type BoardOn = 'win-rate' | 'average-deal' | 'revenue'

export interface BoardTableProps {
  board: Board
  by: BoardBy
  ask: AskOf
  stale?: boolean
  /** Address of the page of a row's record. */
  link?: (id: string) => string
}

/** Ends of the scale of rates lie on steps of five points. */
const step = 0.05

/** Ends of the scale of the interval column: all lines fit, rounded outwards to 5 points for rates. */
export function scaleOf(figures: readonly FigureShape[], unit: 'rate' | 'money'): [number, number] {
  const ends = figures.flatMap(({ value, low, high }) =>
    [low, value, high].filter((end) => end !== undefined),
  )
  if (ends.length === 0) return [0, 1]
  const [from, until] = [Math.min(...ends), Math.max(...ends)]
  if (unit === 'money') {
    // Amounts begin at zero; an interval that reaches below says only that little is known.
    return [Math.min(0, ...figures.map((figure) => figure.value ?? 0)), until]
  }
  return [
    Math.max(0, Math.floor(from / step + 1e-9) * step),
    Math.min(1, Math.ceil(until / step - 1e-9) * step),
  ]
}

const order = { ahead: 0, level: 1, behind: 2 }

/** Groups in their order; within a group by revenue and name, because the compared figure does not rank there. */
export function sortedRows(rows: readonly BoardRow[]): BoardRow[] {
  const groupOf = (row: BoardRow) => (row.group === null ? 3 : order[row.group])
  return rows.toSorted(
    (one, other) =>
      groupOf(one) - groupOf(other) ||
      (other.revenue.value ?? 0) - (one.revenue.value ?? 0) ||
      cellName(one.cell, '').localeCompare(cellName(other.cell, '')),
  )
}

export function BoardTable(props: BoardTableProps) {
  const { board, by, link } = props
  const t = useTexts(resultsTexts)
  const on = board.on as BoardOn
  const time = timeInAddress(useSearch())
  const columns = useBoardColumns(props)
  const nameOf = (row: BoardRow) =>
    cellName(row.cell, t('none_given', { dimension: t(`dimension_${by}`) }))
  const groups = (row: BoardRow) =>
    row.group === null
      ? t('group_none', { metric: t(`metric_within_${on}`) })
      : t(`group_${row.group}`, { metric: t(`metric_within_${on}`) })
  return (
    <>
      {board.note && <p className="k-section-note">{board.note}</p>}
      <DataTable
        caption={t(`board_${by}`)}
        rows={sortedRows(board.rows)}
        columns={columns}
        rowId={(row) => cellValue(row.cell)}
        rowLabel={nameOf}
        rowLink={(row) => {
          const id = row.cell !== null && typeof row.cell === 'object' ? row.cell.id : undefined
          return id === undefined || link === undefined ? undefined : { to: link(id), search: time }
        }}
        stale={props.stale ?? false}
        {...(board.grouped ? { groups } : {})}
      />
    </>
  )
}

function useBoardColumns(props: BoardTableProps): Column<BoardRow>[] {
  const { board, by, ask } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const drawn = board.on === 'average-deal' ? 'average-deal' : 'win-rate'
  const pick = (row: BoardRow) => (drawn === 'win-rate' ? row.winRate : row.averageDeal)
  const whole = drawn === 'win-rate' ? board.whole.winRate : board.whole.averageDeal
  const unit = drawn === 'win-rate' ? 'rate' : 'money'
  const [from, until] = scaleOf(board.rows.map(pick), unit)
  const write = (value: number) =>
    unit === 'rate' ? format.rate(value) : format.compactMoney(value, board.currency)
  const where = (row: BoardRow) => ({ [by]: [cellValue(row.cell)] })
  const nameOf = (row: BoardRow) =>
    cellName(row.cell, t('none_given', { dimension: t(`dimension_${by}`) }))
  const inWords = (row: BoardRow) => {
    const figure = pick(row)
    if (figure.value === undefined) return t('interval_none', { name: nameOf(row) })
    return t('interval_of', {
      name: nameOf(row),
      value: write(figure.value),
      interval: intervalText(figure, format) ?? '',
      whole: whole.value === undefined ? '' : write(whole.value),
    })
  }
  const figure = (
    metric: 'revenue' | 'deals-won' | 'win-rate' | 'average-deal',
    of: (row: BoardRow) => FigureShape,
  ): Column<BoardRow> => ({
    id: metric,
    head: t(`metric_${metric}`),
    align: 'right',
    cell: (row) => (
      <Figure
        figure={of(row)}
        name={`${nameOf(row)}, ${t(`metric_${metric}`)}`}
        why={ask(metric, where(row))}
      />
    ),
  })
  const dots: Column<BoardRow> = {
    id: 'interval',
    head: '',
    headNote: `${write(from)} – ${write(until)}`,
    width: '150px',
    cell: (row) => (
      <IntervalDot
        value={pick(row).value}
        low={pick(row).low}
        high={pick(row).high}
        from={from}
        until={until}
        label={inWords(row)}
        {...(whole.value === undefined ? {} : { whole: whole.value })}
      />
    ),
  }
  const name: Column<BoardRow> = {
    id: 'name',
    head: t(`dimension_${by}`),
    main: true,
    cell: nameOf,
  }
  const revenue = { ...figure('revenue', (row) => row.revenue), keep: true }
  const winRate = figure('win-rate', (row) => row.winRate)
  const averageDeal = figure('average-deal', (row) => row.averageDeal)
  const won = figure('deals-won', (row) => row.dealsWon)
  return drawn === 'win-rate'
    ? [name, revenue, won, averageDeal, { ...winRate, keep: true }, dots]
    : [name, revenue, won, winRate, { ...averageDeal, keep: true }, dots]
}
