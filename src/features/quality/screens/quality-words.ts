// What the pages of quality share: who may mend, the words of a check, and which records a pair is about.
import type { Answer, Given } from '../../../web/client.ts'
import { useOrganisation } from '../../../web/organisation.ts'

export type Listed = Answer<'quality.list'>['checks'][number]
export type CheckId = Listed['id']
export type Row = Answer<'quality.rows'>['rows'][number]
export type Mergeable = Given<'quality.merge'>['entity']

const entities: Partial<Record<CheckId, Mergeable>> = {
  'duplicate-customers': 'customer',
  'duplicate-contacts': 'contact',
  'duplicate-products': 'product',
  'duplicate-sellers': 'seller',
}

/** What a check of duplicates pairs; undefined for the other checks. */
export const pairedBy = (check: CheckId): Mergeable | undefined => entities[check]

/** Whoever answers for the books as a whole; auditors look only. */
export function useMayMend(): boolean {
  const roles = useOrganisation().data?.me.roles ?? []
  return roles.includes('admin') || roles.includes('compensation-admin')
}

/** Fields and kinds come from the server as words of the program; those without a word stand as they are. */
export function wordOf<Key extends string>(
  t: (key: Key) => string,
  known: Readonly<Record<string, string>>,
  prefix: string,
  name: string,
): string {
  const key = `${prefix}_${name}`
  return Object.hasOwn(known, key) ? t(key as Key) : name
}
