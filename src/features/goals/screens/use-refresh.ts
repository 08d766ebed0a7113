// Whoever opens a page of goals has the data looked at: what is reached, re-opened or comes again is noted.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'

/** `revision`: looked at again when the data have changed. Who may not write only looks. */
export function useRefresh(revision?: number): void {
  const org = useOrg()
  const client = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is a reason to look again.
  useEffect(() => {
    if (org === '') return
    const asked = new AbortController()
    call('goals.refresh', {}, { org, signal: asked.signal })
      .then(async ({ changeId }) => {
        if (changeId) await client.invalidateQueries({ queryKey: [org] })
      })
      .catch(() => undefined)
    return () => asked.abort()
  }, [org, client, revision])
}
