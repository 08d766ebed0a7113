// The facts behind a figure as a CSV file.
import { useState } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { download } from '../../../web/client.ts'
import { asProblem } from '../../../web/problem.ts'
import { toast } from '../../../web/ui/toast.tsx'
import type { MetricId } from '../contract.ts'
import type { Where } from './selection.ts'

export interface RowsInput {
  metric: MetricId
  period?: string
  asOf?: string
  where: Where
}

/** Starts the download; a refusal is told in a message. */
export function useExportRows(input: RowsInput): { run: () => void; busy: boolean } {
  const org = useOrg()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    const parts = ['kontor', input.metric, input.period].filter((part) => part !== undefined)
    try {
      await download('results.export-rows', input, { org, name: `${parts.join('-')}.csv` })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { run: () => void run(), busy }
}
