// Rows set aside as a grid of cells: walked by arrows, changed in place, filled from a spreadsheet.
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useLanguage } from '../../../web/language.ts'
import { MoreLine, type MoreRows } from '../../../web/ui/data-table.tsx'
import type { Selection } from '../../../web/ui/selection.tsx'
import { useVirtualRows } from '../../../web/ui/virtual-rows.ts'
import { blockOver, cellIn, isCorrected } from '../calc/draft.ts'
import { block } from '../calc/pasted.ts'
import type { BatchDetail } from './batch-words.ts'
import { faultAt, type SetAside, useQuarantineTexts } from './quarantine-words.ts'
import type { DraftInUse } from './use-draft.ts'

export interface Spot {
  row: number
  column: number
}

export interface GridProps {
  batch: BatchDetail
  rows: readonly SetAside[]
  columns: readonly string[]
  draft: DraftInUse
  selection: Selection
  more: MoreRows
  /** A cell was changed; the page may offer the same for other rows. */
  onChanged: (row: SetAside, column: number, text: string) => void
  /** Ctrl+Enter: the same in all rows with the value. */
  onAll: (row: SetAside, column: number, text: string) => void
}

const rowsPerPage = 15
const idOf = (row: SetAside) => String(row.line)

/** Where a key of the grid leads; undefined when it leads nowhere. */
function moved(key: string, ctrl: boolean, at: Spot, last: Spot): Spot | undefined {
  const { row, column } = at
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column }
    case 'ArrowDown':
      return { row: row + 1, column }
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'ArrowRight':
      return { row, column: column + 1 }
    case 'PageUp':
      return { row: Math.max(0, row - rowsPerPage), column }
    case 'PageDown':
      return { row: Math.min(last.row, row + rowsPerPage), column }
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 }
    case 'End':
      return { row: ctrl ? last.row : row, column: last.column }
    default:
      return undefined
  }
}

export function QuarantineGrid(props: GridProps) {
  const { batch, rows, columns, draft, selection, more } = props
  const t = useQuarantineTexts()
  const body = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState<Spot>(() => {
    const row = Math.max(
      0,
      rows.findIndex((one) => one.correctedIn === null),
    )
    return { row, column: Math.max(0, rows[row] ? faultAt(batch, rows[row]) : 0) }
  })
  /** Text with which the active cell is being changed. */
  const [typing, setTyping] = useState<string>()
  /** Whether what was typed is taken or given up already: a field that goes away is left as well. */
  const settled = useRef(true)
  const drawn = useVirtualRows(rows.length, body, false)
  const wanted = useRef(false)
  /** Whether the text in the field is chosen whole, for typing over it. */
  const selected = useRef(false)
  const last = { row: rows.length - 1, column: columns.length - 1 }
  const active = { row: Math.min(at.row, last.row), column: Math.min(at.column, last.column) }

  // The focus follows the active cell, also when typing ends; never before a key or a click asked for it.
  useEffect(() => {
    if (!wanted.current) return
    const field = body.current?.querySelector<HTMLInputElement>('[data-active] input')
    const cell = field ?? body.current?.querySelector<HTMLElement>('[data-active]')
    if (!cell) return
    wanted.current = false
    cell.focus({ preventScroll: true })
    field?.setSelectionRange(selected.current ? 0 : field.value.length, field.value.length)
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  const go = (spot: Spot) => {
    const row = Math.max(0, Math.min(last.row, spot.row))
    wanted.current = true
    setAt({ row, column: Math.max(0, Math.min(last.column, spot.column)) })
    if (row < drawn.from || row >= drawn.until) drawn.show(row)
  }
  const row = rows[active.row]
  const begin = (text: string, whole: boolean) => {
    if (!row || row.correctedIn !== null) return
    wanted.current = true
    selected.current = whole
    settled.current = false
    setTyping(text)
  }
  const end = (next: Spot) => {
    settled.current = true
    setTyping(undefined)
    go(next)
  }
  const commit = (text: string) => {
    if (!row || text === cellIn(draft.now, row, active.column)) return
    draft.change([{ row, column: active.column, text }])
    props.onChanged(row, active.column, text)
  }
  /** From a corrected fault to the next one: what is left to do lies below; not what was just answered with it. */
  const below = (answered?: string): Spot => {
    if (!row || faultAt(batch, row) !== active.column) return { ...active, row: active.row + 1 }
    const next = rows.findIndex(
      (one, index) =>
        index > active.row &&
        one.correctedIn === null &&
        !isCorrected(draft.now, one) &&
        !(one.value === answered && faultAt(batch, one) === active.column) &&
        faultAt(batch, one) >= 0,
    )
    const found = rows[next]
    return found ? { row: next, column: faultAt(batch, found) } : { ...active, row: active.row + 1 }
  }

  const onTypingKey = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    const text = event.currentTarget.value
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      end(active)
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (row) props.onAll(row, active.column, text)
      end(below((row?.cells[active.column] ?? '').trim()))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      commit(text)
      end(event.shiftKey ? { ...active, row: active.row - 1 } : below())
    } else if (event.key === 'Tab') {
      event.preventDefault()
      commit(text)
      end({ ...active, column: active.column + (event.shiftKey ? -1 : 1) })
    }
  }
  const onKey = (event: KeyboardEvent) => {
    const { key, shiftKey } = event
    if (event.altKey || !row || (event.target as Element).closest('a, input')) return
    const ctrl = event.ctrlKey || event.metaKey
    const act = (what: (() => void) | undefined) => {
      event.preventDefault()
      event.stopPropagation()
      what?.()
    }
    const spot = moved(key, ctrl, active, last)
    if (spot) act(() => go(spot))
    else if (ctrl && key.toLowerCase() === 'z') act(shiftKey ? draft.forward : draft.back)
    else if (ctrl && key.toLowerCase() === 'y') act(draft.forward)
    else if (ctrl && key === 'Enter') {
      act(() => props.onAll(row, active.column, cellIn(draft.now, row, active.column)))
    } else if (ctrl) return
    else if (key === 'F2' || key === 'Enter')
      act(() => begin(cellIn(draft.now, row, active.column), true))
    else if (key === 'Delete' || key === 'Backspace') {
      act(() => {
        if (row.correctedIn === null) commit('')
      })
    } else if (key === ' ' && shiftKey) {
      act(() => selection.toggle(idOf(row), rows.map(idOf), false))
    } else if (key.length === 1) act(() => begin(key, false))
  }
  const onPaste = (event: ClipboardEvent) => {
    if ((event.target as Element).closest('input')) return
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    event.preventDefault()
    const changes = blockOver(rows, active, block(text), columns.length).filter(
      ({ row: { line } }) => rows.some((one) => one.line === line && one.correctedIn === null),
    )
    draft.change(changes)
  }
  const onCopy = (event: ClipboardEvent) => {
    if (!row || (event.target as Element).closest('input') || getSelection()?.toString()) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', cellIn(draft.now, row, active.column))
  }
  const shown = rows.slice(drawn.from, drawn.until)
  const activeIsDrawn = active.row >= drawn.from && active.row < drawn.until
  const span = columns.length + 3
  return (
    <div className="quarantine-frame">
      <div className="quarantine-scroll">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells are walked and changed.
          role="grid"
          className="quarantine-grid"
          aria-label={t('grid')}
          aria-rowcount={rows.length + 1}
          aria-colcount={span}
          onKeyDown={onKey}
          onPaste={onPaste}
          onCopy={onCopy}
        >
          <thead>
            <tr>
              <th scope="col" className="quarantine-choose">
                <ChooseAll selection={selection} ids={rows.map(idOf)} />
              </th>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('reason')}</th>
              {columns.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place.
                <th key={index} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            <Room pixels={drawn.before} span={span} />
            {shown.map((one, index) => {
              const place = drawn.from + index
              return (
                <GridRow
                  key={one.line}
                  grid={props}
                  row={one}
                  index={place}
                  active={place === active.row ? active.column : undefined}
                  // Some cell can always be reached by Tab, also when the active one is not drawn.
                  reachable={
                    place === active.row || (!activeIsDrawn && index === 0)
                      ? active.column
                      : undefined
                  }
                  typing={place === active.row ? typing : undefined}
                  measure={drawn.measure}
                  onTypingKey={onTypingKey}
                  onLeft={(text) => {
                    if (settled.current) return
                    settled.current = true
                    commit(text)
                    setTyping(undefined)
                  }}
                  onPoint={(column, twice) => {
                    if (twice) begin(cellIn(draft.now, one, column), true)
                    else go({ row: place, column })
                  }}
                />
              )
            })}
            <Room pixels={drawn.after} span={span} />
          </tbody>
        </table>
      </div>
      <MoreLine more={more} />
    </div>
  )
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

function ChooseAll({ selection, ids }: { selection: Selection; ids: readonly string[] }) {
  const t = useQuarantineTexts()
  const every = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  return (
    <input
      type="checkbox"
      aria-label={t('choose_all')}
      checked={every}
      ref={(box) => {
        if (box) box.indeterminate = !every && selection.ids.size > 0
      }}
      onChange={() => selection.setShown(ids, !every)}
    />
  )
}

interface GridRowProps {
  grid: GridProps
  row: SetAside
  index: number
  active: number | undefined
  reachable: number | undefined
  typing: string | undefined
  measure: ((row: Element | null) => void) | undefined
  onTypingKey: (event: KeyboardEvent<HTMLInputElement>) => void
  onLeft: (text: string) => void
  onPoint: (column: number, twice: boolean) => void
}

function GridRow(props: GridRowProps) {
  const { grid, row, index, active, typing } = props
  const { batch, columns, draft, selection } = grid
  const t = useQuarantineTexts()
  const language = useLanguage()
  const { line, correctedIn } = row
  const fault = faultAt(batch, row)
  const reasonId = `quarantine-reason-${line}`
  return (
    <tr
      ref={props.measure}
      data-index={index}
      aria-rowindex={index + 2}
      data-sent={correctedIn !== null || undefined}
      data-corrected={isCorrected(draft.now, row) || undefined}
    >
      <td className="quarantine-choose">
        {correctedIn === null && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('choose', { line: String(line) })}
            checked={selection.ids.has(idOf(row))}
            onChange={() => {}}
            onClick={(event) => selection.toggle(idOf(row), grid.rows.map(idOf), event.shiftKey)}
          />
        )}
      </td>
      <th scope="row">{line}</th>
      <td id={reasonId} className="quarantine-reason">
        {correctedIn === null ? (
          row.message[language]
        ) : (
          <ScreenLink
            to={`imports/${correctedIn}`}
            aria-label={t('sent_link', { line: String(line) })}
          >
            {t('sent')}
          </ScreenLink>
        )}
      </td>
      {columns.map((name, column) => {
        const text = cellIn(draft.now, row, column)
        const before = row.cells[column] ?? ''
        const changed = text !== before
        const wrong = column === fault && correctedIn === null
        const isTyping = active === column && typing !== undefined
        return (
          <td
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their place.
            key={column}
            tabIndex={props.reachable === column && !isTyping ? 0 : -1}
            aria-colindex={column + 4}
            aria-invalid={(wrong && !changed) || undefined}
            aria-describedby={wrong ? reasonId : undefined}
            title={changed ? t('was', { value: before || t('empty') }) : undefined}
            data-active={active === column || undefined}
            data-fault={wrong || undefined}
            data-changed={changed || undefined}
            onMouseDown={(event) => {
              if (isTyping || event.button !== 0) return
              // The cell takes the focus by itself; the field that is left is committed first.
              event.preventDefault()
              if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
              props.onPoint(column, event.detail === 2)
            }}
          >
            {isTyping ? (
              <input
                className="quarantine-typing"
                aria-label={t('cell', { column: name, line: String(line) })}
                aria-describedby={wrong ? reasonId : undefined}
                defaultValue={typing}
                onKeyDown={props.onTypingKey}
                onBlur={(event) => props.onLeft(event.currentTarget.value)}
              />
            ) : (
              text || (wrong && <span className="quarantine-empty">{t('empty')}</span>)
            )}
          </td>
        )
      })}
    </tr>
  )
}
