// What would be handed over, counted by the server each time day or takers change.
import { useQuery } from '@tanstack/react-query'
import { useOrg } from '../../../web/address.tsx'
import { type Answer, call } from '../../../web/client.ts'

/** The preview writes nothing, although its operation can write; so it is asked like a read. */
export function useHandOverPreview(input: {
  id: string
  to: readonly string[]
  on: string
}): Answer<'deals.hand-over'> | undefined {
  const org = useOrg()
  const query = useQuery({
    queryKey: [org, 'deals.hand-over', input],
    queryFn: ({ signal }) =>
      call('deals.hand-over', { ...input, to: [...input.to], preview: true }, { org, signal }),
    enabled: input.to.length > 0,
  })
  return query.data
}
