// Before an allocation is written: what it would do, counted by the server, and why.
import { useState } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, LongField } from '../../../web/ui/form.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { allocateTexts } from '../texts-allocate.ts'
import type { Plan } from './allocate-screen.tsx'
import { FairnessFigures } from './fairness-figures.tsx'
import { useExactAmount } from './quota-words.ts'
import { useAllocationPreview } from './use-allocation.ts'

export function ReleaseDrawer(props: {
  plan: Plan
  parts: readonly number[]
  approve: boolean
  close: () => void
  done: () => void
}) {
  const { plan, parts, approve, close, done } = props
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const exact = useExactAmount(plan)
  const [reason, setReason] = useState('')
  const change = useChange('quotas.allocate')
  const undo = useChange('changes.undo')
  const { given, preview, problem } = useAllocationPreview(plan, parts, approve)
  const send = async () => {
    const all = { ...given, ...(reason.trim() === '' ? {} : { reason }) }
    const written = await change.run(all).catch(() => undefined)
    if (!written) return
    const { changeId } = written
    const count = written.added + written.changed
    const words = t(approve ? 'was_released' : 'was_proposed', { count })
    if (changeId === undefined) toast.done(words)
    else toast.undo(words, () => undo.run({ id: changeId }))
    done()
  }
  const words = { total: exact(plan.total), period: format.period(plan.period) }
  return (
    <Drawer
      title={t(approve ? 'release_title' : 'propose_title', words)}
      note={preview && `${t('counts', preview)} ${t(approve ? 'approves' : 'proposes')}`}
      close={close}
      print={false}
    >
      <FairnessFigures plan={plan} parts={parts} />
      <Form
        submitLabel={t(approve ? 'release' : 'propose')}
        busy={change.busy}
        problem={change.problem ?? problem}
        cancel={close}
        onSubmit={send}
      >
        <LongField
          name="reason"
          label={t('reason')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          rows={2}
          autoFocus
        />
      </Form>
    </Drawer>
  )
}
