// A crossed question as a table: rows by the first dimension, columns by the second, totals of their own.
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import type { DimensionId, MetricId } from '../contract.ts'
import { exploreTexts } from '../texts-explore.ts'
import { DifferenceText } from './difference-text.tsx'
import { cellValue } from './filter-chip.tsx'
import { isTime, type Question } from './question.ts'
import { filterDimensions, type Where, whereInAddress } from './selection.ts'
import { type Asking, useNames } from './use-question.ts'
import { askOf } from './use-selection.ts'

export type Crossed = Answer<'results.cross'>
type Row = Crossed['rows'][number]
type Compared = NonNullable<Crossed['total'][MetricId]>

const nothing: FigureShape = {}
const filterable: readonly string[] = filterDimensions

export interface CrossTableProps {
  answer: Crossed
  asking: Asking
  stale: boolean
  more: (() => void) | undefined
}

export function CrossTable(props: CrossTableProps) {
  const { answer, asking, stale, more } = props
  const { question, ask, chosen } = asking
  const t = useTexts(exploreTexts)
  const columns = useColumns(answer, asking)
  const [by, second] = question.by
  const linked = rowsLinkOf(question, chosen.where)
  return (
    <>
      {second !== undefined && answer.columnCount > answer.columns.length && (
        <p className="k-section-note">
          {t('more_columns', { shown: answer.columns.length, count: answer.columnCount })}
        </p>
      )}
      <div className="explore-table">
        <DataTable
          caption={t('answer')}
          rows={answer.rows}
          columns={columns}
          rowId={(row) => cellValue(row.cell)}
          rowLabel={(row) => row.label}
          rowLink={(row) => (by === undefined ? undefined : linked(by, row))}
          sort={sortOf(question)}
          onSort={(sort) => {
            const metric = question.metrics.find((one) => one === sort.by)
            ask({ sort: metric ?? 'name', down: sort.down })
          }}
          stale={stale}
          foot={useFoot(answer, asking)}
          {...(answer.rows.length === answer.rowCount
            ? {}
            : {
                more: {
                  shown: answer.rows.length,
                  total: answer.rowCount,
                  busy: stale,
                  ...(more === undefined ? {} : { next: more }),
                },
              })}
        />
      </div>
    </>
  )
}

/** The order on the screen, also where nobody chose one. */
function sortOf({ sort, down, by, metrics }: Question): { by: string; down: boolean } {
  if (sort !== undefined) return { by: sort, down: down ?? true }
  return isTime(by[0]) ? { by: 'name', down: false } : { by: metrics[0] ?? '', down: true }
}

/** The page with the rows behind a row of the table, where they can be filtered so. */
function rowsLinkOf(question: Question, where: Where) {
  const [metric] = question.metrics
  return (by: DimensionId, row: Row) => {
    const cell = cellValue(row.cell)
    const filters = whereInAddress(where)
    if (isTime(by)) return { to: 'rows', search: { metric, ...filters, period: cell } }
    if (!filterable.includes(by)) return undefined
    return { to: 'rows', search: { metric, ...filters, ...whereInAddress({ [by]: [cell] }) } }
  }
}

function useColumns(answer: Crossed, asking: Asking): Column<Row>[] {
  const { question, chosen } = asking
  const t = useTexts(exploreTexts)
  const names = useNames()
  const format = useFormat()
  const ask = askOf(chosen.where, answer.period.id)
  const [by, second] = question.by
  const [first] = question.metrics
  if (by === undefined || first === undefined) return []
  const at = (row: Row): Where => ({ [by]: [cellValue(row.cell)] })
  const crossed: Column<Row>[] =
    second === undefined
      ? []
      : answer.columns.map((column, place) => ({
          id: `column ${cellValue(column.cell)}`,
          head: column.label,
          align: 'right',
          cell: (row) => {
            const figure = row.cells[place]
            return figure ? (
              <Figure
                figure={figure}
                name={`${row.label}, ${column.label}, ${names.metric(first)}`}
                why={ask(first, { ...at(row), [second]: [cellValue(column.cell)] })}
              />
            ) : (
              <span className="k-muted">–</span>
            )
          },
        }))
  const metrics = question.metrics.flatMap((id, place): Column<Row>[] => {
    const compared = (row: Row): Compared =>
      row.figures[id] ?? { now: nothing, before: null, differs: null }
    const figure: Column<Row> = {
      id,
      head: second === undefined ? names.metric(id) : place === 0 ? t('total') : names.metric(id),
      align: 'right',
      sortable: true,
      keep: place < 2,
      cell: (row) => (
        <Figure
          figure={compared(row).now}
          name={`${row.label}, ${names.metric(id)}`}
          why={ask(id, at(row))}
          interval={second === undefined ? 'below' : 'none'}
        />
      ),
    }
    if (answer.compared === null) return [figure]
    const against = answer.compared.kind
    return [
      figure,
      {
        id: `${id} difference`,
        head: t('difference'),
        headNote: answer.compared.name ?? format.period(answer.compared.period),
        align: 'right',
        keep: question.metrics.length === 1,
        cell: (row) => (
          <DifferenceText
            compared={compared(row)}
            metric={id}
            metrics={asking.metrics}
            against={against}
          />
        ),
      },
    ]
  })
  return [
    {
      id: 'name',
      head: names.dimension(by),
      main: true,
      sortable: true,
      cell: (row) => row.label,
    },
    ...crossed,
    ...metrics,
  ]
}

/** Totals: each a question of its own. */
function useFoot(answer: Crossed, asking: Asking) {
  const { question, chosen } = asking
  const t = useTexts(exploreTexts)
  const names = useNames()
  const ask = askOf(chosen.where, answer.period.id)
  const [, second] = question.by
  const [first] = question.metrics
  const foot: Record<string, React.ReactNode> = { name: t('total') }
  for (const id of question.metrics) {
    const total = answer.total[id]
    if (!total) continue
    foot[id] = (
      <Figure
        figure={total.now}
        name={`${t('total')}, ${names.metric(id)}`}
        why={ask(id)}
        interval={second === undefined ? 'below' : 'none'}
      />
    )
    if (answer.compared === null) continue
    foot[`${id} difference`] = (
      <DifferenceText
        compared={total}
        metric={id}
        metrics={asking.metrics}
        against={answer.compared.kind}
      />
    )
  }
  if (second !== undefined && first !== undefined) {
    for (const column of answer.columns) {
      foot[`column ${cellValue(column.cell)}`] = (
        <Figure
          figure={column.total}
          name={`${t('total')}, ${column.label}, ${names.metric(first)}`}
          why={ask(first, { [second]: [cellValue(column.cell)] })}
        />
      )
    }
  }
  return foot
}
