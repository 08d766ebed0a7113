// Archives a record or brings it back, and says so with the way back.
import { Button } from '@mantine/core'
import { useTexts } from '../language.ts'
import { asProblem } from '../problem.ts'
import { useChange } from '../queries.ts'
import { partTexts } from '../texts.ts'
import { toast } from './toast.tsx'

interface ArchiveButtonProps {
  operation: `${'customers' | 'contacts' | 'products' | 'contracts' | 'sellers' | 'teams' | 'positions' | 'own-fields'}.set-state`
  record: { id: string; name: string; version: number; state: 'active' | 'archived' }
  /** In a line of a list: small, with the name of the record for those who hear it. */
  inLine?: boolean
  done?: () => void
}

export function ArchiveButton({ operation, record, inLine = false, done }: ArchiveButtonProps) {
  const t = useTexts(partTexts)
  const change = useChange(operation)
  const undo = useChange('changes.undo')
  const { id, name, version, state } = record
  const archived = state === 'archived'
  const words = t(archived ? 'bring_back' : 'archive')
  const turn = async () => {
    try {
      const next = archived ? 'active' : 'archived'
      const { changeId } = await change.run({ id, state: next }, { version })
      toast.undo(t(archived ? 'was_brought_back' : 'was_archived', { name }), () =>
        undo.run({ id: changeId }),
      )
      done?.()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <Button
      {...(inLine
        ? { variant: 'subtle', size: 'compact-sm', 'aria-label': `${words}: ${name}` }
        : { variant: 'default' })}
      loading={change.busy}
      onClick={() => void turn()}
    >
      {words}
    </Button>
  )
}
