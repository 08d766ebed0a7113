// How one change reads in a list, and the button that takes it back.
import { Button } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { changesTexts } from '../texts-settings.ts'
import { subjectOf } from './change-subject.ts'
import { useOperationWords } from './history-words.ts'
import './changes.css'

type Change = Pick<
  Answer<'changes.list'>['rows'][number],
  'id' | 'operation' | 'subject' | 'undoneBy'
>

/** Made once, or undone by an act of their own: not offered here. */
const lasting = new Set([
  'organisations.create',
  'organisations.set-up',
  'period-locks.set',
  'period-locks.remove',
  'demo.make',
  'trust.restore',
])

/** What was done to what; of a change that took another back, what that one was. */
export function useChangeWords(): (change: Pick<Change, 'operation' | 'subject'>) => {
  words: string
  about: string
} {
  const operation = useOperationWords()
  return (change) => {
    const { undone } = change.subject
    return {
      words: operation(change.operation),
      about: typeof undone === 'string' ? operation(undone) : subjectOf(change.subject),
    }
  }
}

export function ChangeWhat(props: { change: Change }) {
  const { change } = props
  const t = useTexts(changesTexts)
  const { words, about } = useChangeWords()(change)
  return (
    <span className="changes-what" data-undone={change.undoneBy !== null || undefined}>
      <span className="changes-words">{words}</span>
      {about !== '' && <b>{about}</b>}
      {change.undoneBy !== null && <span className="k-hidden">{t('undone')}</span>}
    </span>
  )
}

export function TakeBackButton(props: { change: Change; take: TakeBack }) {
  const { change, take } = props
  const t = useTexts(changesTexts)
  const words = useOperationWords()
  if (change.undoneBy !== null || lasting.has(change.operation))
    return <span className="k-muted">{change.undoneBy === null ? '' : t('undone')}</span>
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      disabled={take.busy}
      aria-label={t('undo_of', {
        what: `${words(change.operation)} ${subjectOf(change.subject)}`.trim(),
      })}
      onClick={() => void take.back(change)}
    >
      {t('undo')}
    </Button>
  )
}

interface TakeBack {
  back: (change: Pick<Change, 'id'>) => Promise<void>
  busy: boolean
}

/** Takes a change back and says what came of it: how much is as before, how much stays. */
export function useTakeBack(): TakeBack {
  const t = useTexts(changesTexts)
  const undo = useChange('changes.undo')
  const back: TakeBack['back'] = async (change) => {
    try {
      const { changeId, restored, keptCount } = await undo.run({ id: change.id })
      const said = [
        restored === 0 ? t('restored_none') : t('restored', { count: restored }),
        ...(keptCount > 0 ? [t('kept', { count: keptCount })] : []),
      ]
      toast.undo(said.join(' '), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return { back, busy: undo.busy }
}
