// Settling an entry: an activity is done at once, anything put off can be brought back; every act with its undo.
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { toast } from '../../../web/ui/toast.tsx'
import { todayTexts } from '../texts.ts'
import type { Row } from './entry-words.ts'

export function useSettle() {
  const t = useTexts(todayTexts)
  const format = useFormat()
  const complete = useChange('activities.complete')
  const snooze = useChange('today.snooze')
  const wake = useChange('today.wake')
  const undo = useChange('changes.undo')
  const say = (words: string, written: Promise<{ changeId: string }>) =>
    written
      .then(({ changeId }) => toast.undo(words, () => undo.run({ id: changeId })))
      .catch((thrown: unknown) => toast.problem(asProblem(thrown)))
  return {
    busy: complete.busy || snooze.busy || wake.busy,
    complete: (row: Row) => {
      const { deed } = row
      if (deed?.do !== 'complete-activity') return
      void say(
        t('completed', { name: row.values.name }),
        complete.run({ id: deed.id }, { version: deed.version }),
      )
    },
    snooze: (row: Row, name: string, until: string) =>
      say(t('snoozed', { name, day: format.date(until) }), snooze.run({ key: row.key, until })),
    wake: (row: Row, name: string) => {
      if (row.snoozed)
        void say(
          t('woken', { name }),
          wake.run({ id: row.snoozed.id }, { version: row.snoozed.version }),
        )
    },
  }
}
