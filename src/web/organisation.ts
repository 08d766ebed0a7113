// The organisation on the screen and the others one may enter.
import { type Asked, useOperation } from './queries.ts'
import type { Answer } from './client.ts'
import { useOrg } from './address.tsx'

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
