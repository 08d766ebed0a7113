// The organisation on the screen and the others one may enter.

import { useOrg } from './address.tsx'
import type { Answer } from './client.ts'
import { type Asked, useOperation } from './queries.ts'

export type OrganisationFacts = Answer<'organisations.get'>
export type OrganisationEntry = Answer<'organisations.list'>['rows'][number]

/** Name, kind, settings, counts and who is asking, of the organisation in the address. */
export function useOrganisation(): Asked<OrganisationFacts> {
  const org = useOrg()
  return useOperation('organisations.get', {}, { enabled: org !== '' })
}

export function useOrganisations(): readonly OrganisationEntry[] {
  return useOperation('organisations.list', {}, { org: '' }).data?.rows ?? []
}

/** Today's day in a time zone, YYYY-MM-DD. */
export function dayInZone(zone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date())
}

/** Today's day in the organisation's zone; undefined until its settings have arrived. */
export function useOrganisationDay(): string | undefined {
  const zone = useOrganisation().data?.settings.zone
  return zone === undefined ? undefined : dayInZone(zone)
}
