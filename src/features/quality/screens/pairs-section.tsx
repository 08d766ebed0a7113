// Pairs that may be the same: opened one by one, or several merged or said to be different at once.
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Drawer, DrawerPart } from '../../../web/ui/drawer.tsx'
import { type Selection, SelectionBar, useSelection } from '../../../web/ui/selection.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { qualityTexts } from '../texts.ts'
import { checkTexts } from '../texts-checks.ts'
import { MergeDrawer } from './merge-drawer.tsx'
import { type CheckId, type Listed, type Mergeable, type Row, useMayMend } from './quality-words.ts'

interface PairsSectionProps {
  check: CheckId
  entity: Mergeable
  listed: Listed
}

/** A pair as it stands in the address. */
const pairKey = (row: Row) => `${row.id}.${row.other?.id ?? ''}`

export function PairsSection({ check, entity, listed }: PairsSectionProps) {
  const t = useTexts(qualityTexts)
  const words = useTexts(checkTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const mayMend = useMayMend()
  const list = usePages('quality.rows', { check })
  const selection = useSelection()
  const columns: Column<Row>[] = [
    { id: 'name', head: t('name'), main: true, cell: (row) => row.name },
    { id: 'other', head: t('other'), keep: true, cell: (row) => row.other?.name ?? '' },
    { id: 'facts', head: t('facts'), align: 'right', cell: (row) => format.count(row.count ?? 0) },
    {
      id: 'facts_there',
      head: t('facts_there'),
      align: 'right',
      cell: (row) => format.count(row.other?.count ?? 0),
    },
  ]
  const at = list.rows.findIndex((row) => pairKey(row) === search.pair)
  // What is listed when a pair is done, not when it was opened: a merge takes other pairs along.
  const rowsNow = useRef(list.rows)
  rowsNow.current = list.rows
  /** The pair after this one; after the last one it goes on with the first. */
  const openNext = () => {
    const left = rowsNow.current.filter((row) => pairKey(row) !== search.pair)
    const next = left[Math.max(0, at)] ?? left[0]
    setSearch({ pair: next && pairKey(next) })
  }
  return (
    <Answered query={list.query} shape="table">
      {() => (
        <>
          <DataTable
            caption={words(`found_${check}`, { count: listed.count })}
            rows={list.rows}
            columns={columns}
            rowId={pairKey}
            rowLabel={(row) => `${row.name} · ${row.other?.name ?? ''}`}
            onOpen={(row) => setSearch({ pair: pairKey(row) })}
            more={{ ...list.more, total: listed.count }}
            stale={list.query.isStale}
            {...(mayMend ? { selection } : {})}
          />
          {mayMend && <PairsBar entity={entity} rows={list.rows} selection={selection} />}
          {search.pair && (
            <MergeDrawer
              key={search.pair}
              entity={entity}
              pair={search.pair}
              mayMend={mayMend}
              next={list.rows.length > 1 ? openNext : undefined}
              done={openNext}
              close={() => setSearch({ pair: undefined })}
            />
          )}
        </>
      )}
    </Answered>
  )
}

interface PairsBarProps {
  entity: Mergeable
  rows: readonly Row[]
  selection: Selection
}

function PairsBar({ entity, rows, selection }: PairsBarProps) {
  const t = useTexts(qualityTexts)
  const [asks, setAsks] = useState(false)
  const merge = useChange('quality.merge-many')
  const differ = useChange('quality.set-different')
  const undo = useChange('changes.undo')
  const chosen = rows.filter((row) => selection.ids.has(pairKey(row)))
  const pairs = chosen.map((row) => ({ winnerId: row.id, loserId: row.other?.id ?? '' }))
  const mergeAll = async () => {
    try {
      const { merged, changeId } = await merge.run({ entity, pairs })
      setAsks(false)
      selection.clear()
      toast.undo(t('merge_many_done', { count: merged }), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const keepApart = async () => {
    try {
      const { count, changeId } = await differ.run({ entity, pairs })
      selection.clear()
      toast.undo(t('differ_done', { count }), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <>
      <SelectionBar selection={selection} total={rows.length} shown={rows.length}>
        <Button size="compact-sm" onClick={() => setAsks(true)}>
          {t('merge_many')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={differ.busy}
          onClick={() => void keepApart()}
        >
          {t('differ_many')}
        </Button>
      </SelectionBar>
      {asks && (
        <Drawer
          title={t('merge_many_title')}
          note={t('merge_many_text', { count: chosen.length })}
          close={() => setAsks(false)}
          print={false}
        >
          <DrawerPart title={t('merge_many')}>
            <ul className="quality-moves">
              {chosen.map((row) => (
                <li key={pairKey(row)}>
                  {row.name} ← {row.other?.name}
                </li>
              ))}
            </ul>
          </DrawerPart>
          <Button loading={merge.busy} onClick={() => void mergeAll()} mt="md">
            {t('merge_now')}
          </Button>
        </Drawer>
      )}
    </>
  )
}
