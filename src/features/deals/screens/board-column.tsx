// One stage of the board: its sum, its deals, and the ground on which a deal is put down.
import { ActionIcon } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { MoreDots } from '../../../web/ui/icons.tsx'
import { Menu, MenuItem, MenuLabel } from '../../../web/ui/menu.tsx'
import { dealsTexts } from '../texts.ts'
import { boardTexts } from '../texts-board.ts'
import type { Stage } from './deal-values.ts'
import type { Movable } from './use-move.tsx'

type Board = Answer<'deals.board'>
type Column = Board['stages'][number]
type Card = Column['cards'][number]
/** What a dragged deal is known by; no other program uses it. */
const dragType = 'application/x-kontor-deal'

interface ColumnProps {
  column: Column
  board: Board
  filter: Record<string, string | undefined>
  /** A lifted deal is over it. */
  over: boolean
  lifted: string | undefined
  move: (deal: Movable, stage: Stage) => void
}

export function BoardColumn(props: ColumnProps) {
  const { column, board, filter, over, lifted, move } = props
  const t = useTexts(boardTexts)
  const { stage } = column
  const [dragged, setDragged] = useState(false)
  const [more, setMore] = useState(false)
  const drop = (event: DragEvent) => {
    setDragged(false)
    const id = event.dataTransfer.getData(dragType)
    const deal = board.stages.flatMap((one) => one.cards).find((card) => card.id === id)
    if (!deal) return
    event.preventDefault()
    move(deal, stage)
  }
  const stages = board.stages.map((one) => one.stage)
  const cardProps = { stages, move, lifted }
  return (
    <section
      className="board-column"
      data-stage={stage.id}
      data-outcome={stage.outcome}
      data-over={over || dragged || undefined}
      aria-label={stage.name}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        setDragged(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragged(false)
      }}
      onDrop={drop}
    >
      <ColumnHead column={column} currency={board.currency} />
      {stage.outcome !== 'open' ? (
        <p className="board-none">{t(stage.outcome === 'won' ? 'drop_won' : 'drop_lost')}</p>
      ) : column.cards.length === 0 ? (
        <p className="board-none">{t('none_here')}</p>
      ) : (
        <ul className="board-cards">
          {!more &&
            column.cards.map((card) => <DealCard key={card.id} card={card} {...cardProps} />)}
          {more && <AllCards stageId={stage.id} filter={filter} {...cardProps} />}
        </ul>
      )}
      {column.next !== undefined && !more && (
        <button type="button" className="k-link board-more" onClick={() => setMore(true)}>
          {t('more')}
        </button>
      )}
    </section>
  )
}

function ColumnHead({ column, currency }: { column: Column; currency: string }) {
  const t = useTexts(boardTexts)
  const format = useFormat()
  const { stage, count, amount, withoutAmount, rateMissing } = column
  if (stage.outcome !== 'open') {
    return (
      <div className="board-head">
        <h2>{stage.name}</h2>
      </div>
    )
  }
  const missing = [
    ...(withoutAmount > 0 ? [t('without_amount', { count: withoutAmount })] : []),
    ...(rateMissing > 0 ? [t('rate_missing', { count: rateMissing })] : []),
  ]
  return (
    <div className="board-head">
      <h2>{stage.name}</h2>
      <p className="board-sum">
        {format.money(amount, currency, { digits: 'whole', currency: true })}
      </p>
      <p className="board-count">{[t('deals', { count }), ...missing].join(' · ')}</p>
    </div>
  )
}

interface CardsProps {
  stages: readonly Stage[]
  lifted: string | undefined
  move: (deal: Movable, stage: Stage) => void
}

/** Every deal of the stage, page by page, once somebody wants more than the first ones. */
function AllCards(
  props: CardsProps & { stageId: string; filter: Record<string, string | undefined> },
) {
  const { stageId, filter, ...rest } = props
  const t = useTexts(boardTexts)
  const list = usePages('deals.board-cards', { stageId, ...filter, limit: 60 })
  return (
    <>
      {list.rows.map((card) => (
        <DealCard key={card.id} card={card} {...rest} />
      ))}
      {list.more.next && (
        <li>
          <button
            type="button"
            className="k-link board-more"
            disabled={list.more.busy}
            onClick={list.more.next}
          >
            {t('more')}
          </button>
        </li>
      )}
    </>
  )
}

function DealCard(props: CardsProps & { card: Card }) {
  const { card, stages, lifted, move } = props
  const t = useTexts(boardTexts)
  const names = useTexts(dealsTexts)
  const format = useFormat()
  const customer = card.customer?.name ?? names('unnamed')
  return (
    <li
      className="board-card"
      data-deal={card.id}
      data-lifted={lifted === card.id || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, card.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <div className="board-card-head">
        <ScreenLink to={`deals/${card.id}`} className="board-open">
          {customer}
        </ScreenLink>
        <Menu
          place="end"
          width={220}
          button={(opens) => (
            <ActionIcon variant="subtle" aria-label={t('move_of', { customer })} {...opens}>
              <MoreDots />
            </ActionIcon>
          )}
        >
          <MenuLabel>{t('move')}</MenuLabel>
          {stages
            .filter((stage) => stage.id !== card.stage.id)
            .map((stage) => (
              <MenuItem key={stage.id} onClick={() => move(card, stage)}>
                {stage.name}
              </MenuItem>
            ))}
        </Menu>
      </div>
      <p className="board-card-line">
        <span className="k-muted">{card.product?.name ?? card.externalId ?? ''}</span>
        <span className="board-amount">
          {card.amount === null
            ? '—'
            : format.money(card.amount, card.currency, { digits: 'whole', currency: true })}
        </span>
      </p>
      <p className="board-card-line board-card-small">
        <span>
          {card.daysInStage !== null &&
            (card.daysInStage === 0
              ? t('since_today')
              : t('days_in_stage', { count: card.daysInStage }))}
          {card.stalled && (
            <>
              {' · '}
              <b className="board-stalled">{t('stalled')}</b>
            </>
          )}
        </span>
        <NextStep step={card.nextStep} />
      </p>
    </li>
  )
}

function NextStep({ step }: { step: Card['nextStep'] }) {
  const t = useTexts(boardTexts)
  const format = useFormat()
  const today = useOrganisationDay()
  if (!step) return <span>{t('no_step')}</span>
  const late = today !== undefined && step.dueOn < today
  return (
    <span className="board-step">
      {step.subject}, {format.shortDate(step.dueOn)}
      {late && <b className="board-late"> {t('overdue')}</b>}
    </span>
  )
}
