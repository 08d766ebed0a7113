// The board: open deals by stage, moved by pointer, by keyboard and by menu; one column at a time where it is narrow.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip, Chips } from '../../../web/ui/chip.tsx'
import { useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { dealsTexts } from '../texts.ts'
import { boardTexts } from '../texts-board.ts'
import { BoardColumn } from './board-column.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { useMove } from './use-move.tsx'
import './board.css'

type Board = Answer<'deals.board'>
const references = ['sellerId', 'customerId', 'productId'] as const

/** Board or list, side by side in the address of each other. */
export function DealViews({ now }: { now: 'board' | 'list' }) {
  const t = useTexts(boardTexts)
  const go = useGo()
  const search = useSearch()
  const kept = Object.fromEntries(references.map((name) => [name, search[name]]))
  return (
    <Pills
      label={t('view')}
      value={now}
      options={[
        { value: 'board', label: t('board') },
        { value: 'list', label: t('list') },
      ]}
      onChange={(view) => go(view === 'board' ? 'deals/board' : 'deals', kept)}
    />
  )
}

export function BoardScreen() {
  const t = useTexts(boardTexts)
  const names = useTexts(dealsTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const chosen = references.filter((name) => search[name] !== undefined)
  const query = useOperation('deals.board', {
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const { data } = query
  const count = data?.stages.reduce((sum, one) => sum + one.count, 0) ?? 0
  const amount = data?.stages.reduce((sum, one) => sum + one.amount, 0) ?? 0
  const first = data?.stages.find((one) => one.cards.length > 0)?.cards[0]
  const labels = {
    sellerId: [names('seller'), first?.seller?.name],
    customerId: [names('customer'), first?.customer?.name],
    productId: [names('product'), first?.product?.name],
  } as const
  return (
    <Page
      finding={
        count === 0
          ? t('finding_none')
          : t('finding', {
              count,
              amount: format.money(amount, data?.currency ?? 'EUR', {
                digits: 'whole',
                currency: true,
              }),
            })
      }
      note={data && <StalledNote stalled={data.stalled} />}
      actions={
        <>
          <DealViews now="board" />
          <Button onClick={() => setSearch({ deal_new: '1' })}>{names('add')}</Button>
        </>
      }
      chips={
        chosen.length > 0 && (
          <Chips>
            {chosen.map((name) => (
              <Chip
                key={name}
                label={labels[name][0]}
                value={labels[name][1] ?? '—'}
                onClear={() => setSearch({ [name]: undefined })}
              />
            ))}
          </Chips>
        )
      }
    >
      <Answered query={query} shape="page">
        {(board) =>
          count === 0 && chosen.length === 0 && board.stalled.wonDeals === 0 ? (
            <Empty
              kind="nothing-yet"
              title={names('nothing_yet')}
              text={names('nothing_yet_text')}
              action={{ label: names('add'), run: () => setSearch({ deal_new: '1' }) }}
            />
          ) : (
            <Columns board={board} filter={Object.fromEntries(chosen.map((n) => [n, search[n]]))} />
          )
        }
      </Answered>
    </Page>
  )
}

function StalledNote({ stalled }: { stalled: Board['stalled'] }) {
  const t = useTexts(boardTexts)
  const format = useFormat()
  if (stalled.days === undefined)
    return <>{t('stalled_too_few', { needed: stalled.needed, won: stalled.wonDeals })}</>
  const days = format.number(stalled.days, undefined)
  return <>{t('stalled_rest', { count: stalled.wonDeals, days })}</>
}

function Columns(props: { board: Board; filter: Record<string, string | undefined> }) {
  const { board, filter } = props
  const t = useTexts(boardTexts)
  const narrow = useNarrow()
  const [said, setSaid] = useState('')
  const open = board.stages.filter((one) => one.stage.outcome === 'open')
  const [shownId, setShown] = useState(open.find((one) => one.count > 0)?.stage.id)
  const keys = useBoardKeys({ board, say: setSaid })
  const moving = useMove((deal, stage) => keys.follow(deal.id, stage.id))
  const shown = narrow
    ? open.filter((one) => one.stage.id === (shownId ?? open[0]?.stage.id))
    : board.stages
  return (
    <div className="board-frame">
      {narrow && (
        <Pills
          label={t('stage')}
          value={shownId ?? open[0]?.stage.id ?? ''}
          options={open.map(({ stage, count }) => ({
            value: stage.id,
            label: `${stage.name} ${count}`,
          }))}
          onChange={setShown}
        />
      )}
      {/* Keys act where a deal has the focus; the board itself is no control. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from link to link, as in a list */}
      <div
        className="board"
        data-lifted={keys.lifted !== undefined || undefined}
        onKeyDown={(event) => keys.onKeyDown(event, moving.move)}
      >
        {shown.map((one) => (
          <BoardColumn
            key={one.stage.id}
            column={one}
            board={board}
            filter={filter}
            over={keys.over === one.stage.id}
            lifted={keys.lifted}
            move={moving.move}
          />
        ))}
      </div>
      {!narrow && <p className="board-keys k-no-print">{t('keys')}</p>}
      <p className="k-hidden" role="status" aria-live="assertive">
        {said}
      </p>
      {moving.asking}
    </div>
  )
}
