// Archiving a seller or a team and bringing it back, each with the way to undo it.
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { teamTexts } from '../texts.ts'

interface Record {
  id: string
  name: string
  version: number
  state: 'active' | 'archived'
}

/** Puts a record into the other state; problems are told in a message. */
export function useSetState(kind: 'seller' | 'team'): {
  toggle: (record: Record) => void
  busy: boolean
} {
  const t = useTexts(teamTexts)
  const sellers = useChange('sellers.set-state')
  const teams = useChange('teams.set-state')
  const undo = useChange('changes.undo')
  const change = kind === 'seller' ? sellers : teams
  const toggle = async ({ id, name, version, state }: Record) => {
    const next = state === 'active' ? 'archived' : 'active'
    try {
      const { changeId } = await change.run({ id, state: next }, { version })
      const said = t(next === 'archived' ? 'was_archived' : 'was_brought_back', { name })
      toast.undo(said, () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return { toggle: (record) => void toggle(record), busy: change.busy }
}
