// The answer to a question as a CSV file.
import { useState } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { download, type Given } from '../../../web/client.ts'
import { asProblem } from '../../../web/problem.ts'
import { toast } from '../../../web/ui/toast.tsx'

/** Starts the download; a refusal is told in a message. */
export function useExportCross(input: Given<'results.export-cross'>): {
  run: () => void
  busy: boolean
} {
  const org = useOrg()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    const parts = ['kontor', ...(input.metric ?? []).slice(0, 1), ...(input.by ?? [])]
    try {
      await download('results.export-cross', input, { org, name: `${parts.join('-')}.csv` })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { run: () => void run(), busy }
}
