// The keys of the board: arrows go from deal to deal; m lifts the deal in focus, arrows then choose its stage.
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { dealsTexts } from '../texts.ts'
import { boardTexts } from '../texts-board.ts'
import { isArrow, neighbour, stageBeside } from './board-places.ts'
import type { Stage } from './deal-values.ts'
import type { Movable } from './use-move.tsx'

type Board = Answer<'deals.board'>

const linkOf = (id: string) =>
  document.querySelector<HTMLElement>(`[data-deal="${CSS.escape(id)}"] .board-open`)

export function useBoardKeys({ board, say }: { board: Board; say: (text: string) => void }) {
  const t = useTexts(boardTexts)
  const names = useTexts(dealsTexts)
  const [lifted, setLifted] = useState<string>()
  const [over, setOver] = useState<string>()
  const [following, setFollowing] = useState<{ id: string; stageId: string }>()
  const cards = board.stages.flatMap((one) => one.cards)
  const nameOf = (deal: Movable) => deal.customer?.name ?? names('unnamed')
  const stageOf = (id: string | undefined) => board.stages.find((one) => one.stage.id === id)?.stage

  // A deal that was moved keeps the focus in its new place, as soon as the board shows it there.
  useEffect(() => {
    if (!following || board.stages.length === 0) return
    const column = document.querySelector(`[data-stage="${CSS.escape(following.stageId)}"]`)
    const link = column?.querySelector<HTMLElement>(
      `[data-deal="${CSS.escape(following.id)}"] .board-open`,
    )
    // Not asked anew yet. Where it lies beyond the first deals of its stage, the focus stays.
    const waits = board.stages.some(
      ({ stage, cards }) =>
        stage.id !== following.stageId && cards.some((card) => card.id === following.id),
    )
    if (column && !link && waits) return
    link?.focus()
    setFollowing(undefined)
  }, [board, following])

  const end = () => {
    setLifted(undefined)
    setOver(undefined)
  }
  const onKeyDown = (event: KeyboardEvent, move: (deal: Movable, stage: Stage) => void) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    if (!target.classList.contains('board-open')) return
    const id = target.closest<HTMLElement>('[data-deal]')?.dataset.deal
    const deal = cards.find((card) => card.id === id)
    if (!deal) return
    if (lifted === deal.id) return whileLifted(event, deal, move)
    if (event.key === 'm' || event.key === 'M') {
      event.preventDefault()
      setLifted(deal.id)
      setOver(deal.stage.id)
      say(t('lifted', { customer: nameOf(deal) }))
      return
    }
    if (!isArrow(event.key)) return
    const columns = board.stages.map((one) => ({
      stageId: one.stage.id,
      cards: one.cards.map((card) => card.id),
    }))
    const next = neighbour(columns, deal.id, event.key)
    event.preventDefault()
    if (next !== undefined) linkOf(next)?.focus()
  }
  const whileLifted = (
    event: KeyboardEvent,
    deal: Movable,
    move: (deal: Movable, stage: Stage) => void,
  ) => {
    if (isArrow(event.key)) {
      event.preventDefault()
      const stages = board.stages.map((one) => one.stage.id)
      const next = stageBeside(stages, over ?? deal.stage.id, event.key)
      setOver(next)
      say(t('over', { customer: nameOf(deal), stage: stageOf(next)?.name ?? '' }))
    } else if (event.key === 'Enter' || event.key === 'm' || event.key === 'M') {
      event.preventDefault()
      const stage = stageOf(over)
      end()
      if (!stage || stage.id === deal.stage.id)
        say(t('left', { customer: nameOf(deal), stage: deal.stage.name }))
      else move(deal, stage)
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault()
      end()
      say(t('left', { customer: nameOf(deal), stage: deal.stage.name }))
    }
  }
  return {
    lifted,
    over,
    onKeyDown,
    /** Says where a deal went and takes the focus along. */
    follow: (id: string, stageId: string) => {
      const deal = cards.find((card) => card.id === id)
      setFollowing({ id, stageId })
      if (deal) say(t('moved', { customer: nameOf(deal), stage: stageOf(stageId)?.name ?? '' }))
    },
  }
}
