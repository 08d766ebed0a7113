// A case in the terms of its form, and back into the input of the operations.
import type { Answer } from '../../../web/client.ts'

export type Case = Answer<'cases.list'>['rows'][number]
export const kinds: readonly Case['kind'][] = ['complaint', 'concern', 'dispute']
export const states: readonly Case['state'][] = ['open', 'closed']

export interface CaseValues {
  customer: string
  product: string
  seller: string
  kind: Case['kind']
  day: string | undefined
  state: Case['state']
  closedOn: string | undefined
  channel: string
  status: string
}

/** Values of a new case: a complaint that came today. */
export function newCase(today: string, seller: string): CaseValues {
  return {
    customer: '',
    product: '',
    seller,
    kind: 'complaint',
    day: today,
    state: 'open',
    closedOn: undefined,
    channel: '',
    status: '',
  }
}

export function valuesOfCase(of: Case): CaseValues {
  return {
    customer: of.customer?.name ?? '',
    product: of.product?.name ?? '',
    seller: of.seller?.name ?? '',
    kind: of.kind,
    day: of.day,
    state: of.state,
    closedOn: of.closedOn ?? undefined,
    channel: of.channel ?? '',
    status: of.status ?? '',
  }
}

/** What is sent: a name that still is the known record's goes as its id, so that nothing is looked up by name. */
export function inputOfCase(values: CaseValues, known?: Case) {
  const reference = (typed: string, before: { id: string; name: string } | null | undefined) => {
    const name = typed.trim()
    if (name === '') return null
    return before && before.name === name ? { id: before.id } : { name }
  }
  return {
    customer: reference(values.customer, known?.customer),
    product: reference(values.product, known?.product),
    seller: reference(values.seller, known?.seller),
    kind: values.kind,
    state: values.state,
    closedOn: values.state === 'closed' ? (values.closedOn ?? null) : null,
    channel: values.channel.trim() || null,
    status: values.status.trim() || null,
  }
}
