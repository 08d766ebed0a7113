// The history of one record on its page: who changed which field when, from what to what.
import type { Answer, Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { useChange } from '../../../web/queries.ts'
import { HistoryList } from '../../../web/ui/history-list.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { fieldTexts, operationTexts } from '../texts-history.ts'

type Entry = Answer<'history.list'>['rows'][number]
/** Derived or internal columns that say nothing to a person. */
const silent = new Set(['name_key', 'external_source', 'base_amount', 'size'])

export function useOperationWords(): (operation: string) => string {
  const t = useTexts(operationTexts)
  return (operation) => (operation in operationTexts.en ? t(operation as keyof typeof operationTexts.en) : t('other'))
}

export function RecordHistory(props: { entity: Given<'history.list'>['entity']; id: string }) {
  const list = usePages('history.list', { entity: props.entity, id: props.id })
  const words = useOperationWords()
  const fields = useTexts(fieldTexts)
  const undo = useChange('changes.undo')
  const label = (name: string) => (name in fieldTexts.en ? fields(name as keyof typeof fieldTexts.en) : name)
  const details = (entry: Entry) =>
    Object.entries(entry.fields)
      .filter(([name]) => !silent.has(name))
      .map(([name, [before, after]]) => ({ label: label(name), before: written(before), after: written(after) }))
  return (
    <Answered query={list.query} shape="panel">
      {() => (
        <HistoryList
          entries={list.rows.map((entry) => ({
            id: `${entry.changeId}-${entry.version}`,
            at: entry.at,
            who: entry.actor.name,
            text: words(entry.operation),
            details: details(entry),
            ...(entry.operation.endsWith('.edit') ? { undo: () => void undo.run({ id: entry.changeId }).catch(() => undefined) } : {}),
          }))}
        />
      )}
    </Answered>
  )
}

function written(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'object') {
    return 'name' in value ? String(value.name) : Object.entries(value).map(([key, one]) => `${key}: ${one}`).join(', ') || undefined
  }
  return String(value)
}
