// A contract in the terms of its form, and back into the input of the operations.
import type { Answer } from '../../../web/client.ts'
import { nameReference } from '../../../web/names.ts'

export type Contract = Answer<'contracts.list'>['rows'][number]
export const renewals: readonly Contract['renewal'][] = ['none', 'automatic', 'on-request']
export const rhythms: readonly Contract['every'][] = ['month', 'quarter', 'year', 'once']

export interface ContractValues {
  name: string
  number: string
  customer: string
  product: string
  seller: string
  from: string | undefined
  until: string | undefined
  renewal: Contract['renewal']
  noticeDays: number | undefined
  amount: number | undefined
  every: Contract['every']
}

export function valuesOfContract(of: Contract | undefined, today: string): ContractValues {
  return {
    name: of?.name ?? '',
    number: of?.number ?? '',
    customer: of?.customer?.name ?? '',
    product: of?.product?.name ?? '',
    seller: of?.seller?.name ?? '',
    from: of?.from ?? today,
    until: of?.until ?? undefined,
    renewal: of?.renewal ?? 'none',
    noticeDays: of?.noticeDays ?? undefined,
    amount: of?.amount ?? undefined,
    every: of?.every ?? 'year',
  }
}

export function inputOfContract(values: ContractValues, known?: Contract) {
  const { from } = values
  if (from === undefined) return undefined
  return {
    name: values.name.trim(),
    number: values.number.trim() || null,
    customer: nameReference(values.customer, known?.customer),
    product: nameReference(values.product, known?.product),
    seller: nameReference(values.seller, known?.seller),
    from,
    until: values.until ?? null,
    renewal: values.renewal,
    noticeDays: values.noticeDays ?? null,
    amount: values.amount ?? null,
    every: values.every,
  }
}
