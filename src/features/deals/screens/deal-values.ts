// A deal in the terms of its form, and back into the input of the operation.
import type { Answer } from '../../../web/client.ts'

export type Deal = Answer<'deals.get'>
export type Stage = Answer<'stages.list'>['rows'][number]

export interface DealValues {
  customer: string
  product: string
  seller: string
  stageId: string
  amount: number | undefined
  quantity: number | undefined
  openedOn: string | undefined
  closedOn: string | undefined
  lostReason: string
}

/** Values of a new deal: opened today, in the first open stage, by the person's own seller. */
export function newValues(given: {
  stages: readonly Stage[]
  today: string
  seller: string
}): DealValues {
  const first = given.stages.find((stage) => stage.outcome === 'open') ?? given.stages[0]
  return {
    customer: '',
    product: '',
    seller: given.seller,
    stageId: first?.id ?? '',
    amount: undefined,
    quantity: 1,
    openedOn: given.today,
    closedOn: undefined,
    lostReason: '',
  }
}

export function valuesOfDeal(deal: Deal): DealValues {
  return {
    customer: deal.customer?.name ?? '',
    product: deal.product?.name ?? '',
    seller: deal.seller?.name ?? '',
    stageId: deal.stage.id,
    amount: deal.amount ?? undefined,
    quantity: deal.quantity,
    openedOn: deal.openedOn ?? undefined,
    closedOn: deal.closedOn ?? undefined,
    lostReason: deal.lostReason?.name ?? '',
  }
}

/** What is sent: a name that still is the known record's goes as its id, so that nothing is looked up by name. */
export function inputOfDeal(values: DealValues, outcome: 'open' | 'won' | 'lost', known?: Deal) {
  const reference = (typed: string, before: { id: string; name: string } | null | undefined) => {
    const name = typed.trim()
    if (name === '') return null
    return before && before.name === name ? { id: before.id } : { name }
  }
  return {
    customer: reference(values.customer, known?.customer),
    product: reference(values.product, known?.product),
    seller: reference(values.seller, known?.seller),
    stageId: values.stageId,
    lostReason: outcome === 'lost' ? reference(values.lostReason, known?.lostReason) : null,
    openedOn: values.openedOn ?? null,
    closedOn: outcome === 'open' ? null : (values.closedOn ?? null),
    quantity: values.quantity ?? 1,
    amount: values.amount ?? null,
  }
}
