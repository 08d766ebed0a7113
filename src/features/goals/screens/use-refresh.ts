// Whoever opens a page of goals has the data looked at: what is reached, re-opened or comes again is noted.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'

/**
 * `revision`: looked at again when the data have changed; null while it is not known. What was written is
 * shown even if the page was left meanwhile. Who may not write only looks.
 */
export function useRefresh(revision?: number | null): void {
  const org = useOrg()
  const client = useQueryClient()
  useEffect(() => {
    if (org === '' || revision === null) return
    call('goals.refresh', {}, { org })
      .then(async ({ changeId }) => {
        if (changeId) await client.invalidateQueries({ queryKey: [org] })
      })
      .catch(() => undefined)
  }, [org, client, revision])
}
