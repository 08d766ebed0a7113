// The table: rows of 33 px, digits under digits, sorted by the server, walked by j and k.
import { useMediaQuery } from '@mantine/hooks'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { ScreenLink, type SearchChange } from '../address.tsx'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import { Angle } from './icons.tsx'
import { useRowKeys } from './row-keys.ts'
import type { Selection } from './selection.tsx'
import { useVirtualRows } from './virtual-rows.ts'
import './data-table.css'

export interface Column<Row> {
  id: string
  head: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  sortable?: boolean
  /** The name of the row; one column has it. */
  main?: boolean
  /** Stays beside the name on small screens; at most two columns. */
  keep?: boolean
  /** CSS width, e.g. '120px' or '30%'. */
  width?: string
  /** Muted words in the head: the scale of a small chart, the unit. */
  headNote?: string
}

interface Sort {
  by: string
  down: boolean
}

export interface MoreRows {
  shown: number
  total?: number | undefined
  /** Fetches the next page; absent at the end. */
  next?: (() => void) | undefined
  busy?: boolean
}

export interface DataTableProps<Row> {
  /** What the table holds, for those who hear it. */
  caption: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  /** Name of a row in words. */
  rowLabel: (row: Row) => string
  /** Screen a row opens: the name becomes a link. */
  rowLink?: (row: Row) => { to: string; search?: SearchChange } | undefined
  /** Or what opening does, where it is no screen of its own (a drawer). */
  onOpen?: (row: Row) => void
  sort?: Sort | undefined
  onSort?: (sort: Sort) => void
  /** Rows that follow each other with the same group stand under its head. */
  groups?: (row: Row) => string
  /** Last row above which a rule stands: totals by column id. */
  foot?: Readonly<Record<string, ReactNode>>
  more?: MoreRows
  /** Rows belong to an earlier question; greyed while new ones come. */
  stale?: boolean
  /** Rows can be chosen by a box, `x` and shift. */
  selection?: Selection
}

/** Whether there is room for name and two figures only. */
export function useNarrow(): boolean {
  return (
    useMediaQuery('screen and (max-width: 720px)', false, { getInitialValueInEffect: false }) ??
    false
  )
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, rows, columns, rowId, groups, foot, more, stale } = props
  const narrow = useNarrow()
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body)
  const shown = narrow ? columns.filter((column) => column.main || column.keep) : columns
  const hidden = narrow ? columns.filter((column) => !column.main && !column.keep) : []
  const { selection } = props
  const span = shown.length + (hidden.length > 0 ? 1 : 0) + (selection ? 1 : 0)
  const drawn = useVirtualRows(rows.length, body, groups !== undefined)
  let group: string | undefined
  return (
    <div className={stale ? 'k-table-frame k-stale' : 'k-table-frame'} aria-busy={stale ?? false}>
      <table
        className="k-table"
        aria-rowcount={drawn.measure ? (more?.total ?? rows.length) + 1 : undefined}
      >
        <caption className="k-hidden">{caption}</caption>
        <thead>
          <tr>
            {selection && <ChooseShown selection={selection} ids={rows.map(rowId)} />}
            {shown.map((column) => (
              <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
            {hidden.length > 0 && <td className="k-cell-toggle" />}
          </tr>
        </thead>
        <tbody ref={body}>
          <Room pixels={drawn.before} span={span} />
          {rows.slice(drawn.from, drawn.until).map((row, at) => {
            const name = groups?.(row)
            const opens = name !== undefined && name !== group
            group = name
            return (
              <Fragment key={rowId(row)}>
                {opens && (
                  <tr className="k-group">
                    <th scope="rowgroup" colSpan={span}>
                      {name}
                    </th>
                  </tr>
                )}
                <BodyRow
                  table={props}
                  row={row}
                  shown={shown}
                  hidden={hidden}
                  span={span}
                  index={drawn.from + at}
                  measure={drawn.measure}
                />
              </Fragment>
            )
          })}
          <Room pixels={drawn.after} span={span} />
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {selection && <td />}
              {shown.map((column) => (
                <td key={column.id} className={column.align === 'right' ? 'k-right' : undefined}>
                  {foot[column.id]}
                </td>
              ))}
              {hidden.length > 0 && <td />}
            </tr>
          </tfoot>
        )}
      </table>
      {more && <MoreLine more={more} />}
    </div>
  )
}

function HeadCell<Row>(props: {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}) {
  const { column, sort, onSort } = props
  const t = useTexts(partTexts)
  const sorted = sort?.by === column.id
  const className = column.align === 'right' ? 'k-right' : undefined
  return (
    <th
      scope="col"
      className={className}
      style={column.width === undefined ? undefined : { width: column.width }}
      aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : undefined}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          className="k-sort"
          data-sorted={sorted || undefined}
          title={t('sort_by', { column: column.head })}
          onClick={() =>
            onSort({ by: column.id, down: sorted ? !sort.down : column.align === 'right' })
          }
        >
          {column.head}
          {sorted && <Angle up={!sort.down} />}
        </button>
      ) : (
        column.head
      )}
      {column.headNote && <span className="k-head-note"> {column.headNote}</span>}
    </th>
  )
}

interface BodyRowProps<Row> {
  table: DataTableProps<Row>
  row: Row
  shown: readonly Column<Row>[]
  hidden: readonly Column<Row>[]
  span: number
  index: number
  measure: ((row: Element | null) => void) | undefined
}

/** Instead of rows that are not drawn. */
function Room({ pixels, span }: { pixels: number; span: number }) {
  if (pixels <= 0) return null
  return (
    <tr>
      <td colSpan={span} style={{ height: pixels, padding: 0, border: 0 }} />
    </tr>
  )
}

function ChooseShown(props: { selection: Selection; ids: readonly string[] }) {
  const { selection, ids } = props
  const t = useTexts(partTexts)
  const every = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  return (
    <td className="k-cell-choose">
      <input
        type="checkbox"
        aria-label={t('choose_shown')}
        checked={selection.all || every}
        ref={(box) => {
          if (box) box.indeterminate = !selection.all && !every && selection.ids.size > 0
        }}
        onChange={() => selection.setShown(ids, !(selection.all || every))}
      />
    </td>
  )
}

function ChooseRow<Row>({ table, row }: { table: DataTableProps<Row>; row: Row }) {
  const { selection, rows, rowId } = table
  const t = useTexts(partTexts)
  if (!selection) return null
  const id = rowId(row)
  return (
    <td className="k-cell-choose">
      <input
        type="checkbox"
        className="k-row-choose"
        aria-label={t('choose_row', { name: table.rowLabel(row) })}
        checked={selection.all || selection.ids.has(id)}
        onChange={() => {}}
        onClick={(event) => selection.toggle(id, rows.map(rowId), event.shiftKey)}
      />
    </td>
  )
}

function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { table, row, shown, hidden, span } = props
  const t = useTexts(partTexts)
  const [open, setOpen] = useState(false)
  const label = table.rowLabel(row)
  return (
    <>
      <tr
        className="k-row"
        tabIndex={-1}
        ref={props.measure}
        data-index={props.index}
        aria-rowindex={props.measure ? props.index + 2 : undefined}
      >
        <ChooseRow table={table} row={row} />
        {shown.map((column) =>
          column.main ? (
            <th key={column.id} scope="row">
              <RowName table={table} row={row}>
                {column.cell(row)}
              </RowName>
            </th>
          ) : (
            <td key={column.id} className={column.align === 'right' ? 'k-right' : undefined}>
              {column.cell(row)}
            </td>
          ),
        )}
        {hidden.length > 0 && (
          <td className="k-cell-toggle">
            <button
              type="button"
              className="k-row-toggle"
              aria-expanded={open}
              aria-label={t('details_of', { name: label })}
              onClick={() => setOpen(!open)}
            >
              <Angle up={open} />
            </button>
          </td>
        )}
      </tr>
      {hidden.length > 0 && open && (
        <tr className="k-row-rest">
          <td colSpan={span}>
            <dl>
              {hidden.map((column) => (
                <div key={column.id}>
                  <dt>{column.head || column.headNote}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </>
  )
}

function RowName<Row>(props: { table: DataTableProps<Row>; row: Row; children: ReactNode }) {
  const { table, row, children } = props
  const link = table.rowLink?.(row)
  if (link) {
    return (
      <ScreenLink className="k-row-open" {...link}>
        {children}
      </ScreenLink>
    )
  }
  if (table.onOpen) {
    return (
      <button type="button" className="k-row-open" onClick={() => table.onOpen?.(row)}>
        {children}
      </button>
    )
  }
  return <>{children}</>
}

/** Below the rows; the next page is on its way before somebody who scrolls has reached it. */
export function MoreLine(props: { more: MoreRows }) {
  const { shown, total, next, busy } = props.more
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!next || busy || !line.current) return
    const watch = new IntersectionObserver(
      // On a busy machine several moments are told at once, and then no more: each of them counts.
      (moments) => {
        if (moments.some(({ isIntersecting }) => isIntersecting)) next()
      },
      { rootMargin: '0px 0px 400px 0px' },
    )
    watch.observe(line.current)
    return () => watch.disconnect()
  }, [next, busy])
  const t = useTexts(partTexts)
  const format = useFormat()
  const counted =
    total === undefined
      ? t('rows_shown_only', { shown })
      : t('rows_shown', { shown: format.count(shown), total: format.count(total) })
  return (
    <p className="k-more" aria-live="polite" ref={line}>
      {counted}
      {next && (
        <span className="k-no-print">
          {' · '}
          <button type="button" className="k-link" disabled={busy} onClick={next}>
            {busy ? t('loading') : t('rows_next')}
          </button>
        </span>
      )}
    </p>
  )
}
