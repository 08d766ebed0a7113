// The history of one record on its page: who changed which field when, from what to what.
import { useLookingBack } from '../../../web/address.tsx'
import type { Answer, Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { HistoryList } from '../../../web/ui/history-list.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { fieldTexts, operationTexts, valueTexts } from '../texts-history.ts'

type Entry = Answer<'history.list'>['rows'][number]
/** The class of size follows from the employees. */
const silent = new Set(['size'])
const amounts = new Set(['amount', 'listPrice', 'cost'])
const worded = new Set(['state', 'outcome', 'kind', 'renewal', 'every'])

export function useOperationWords(): (operation: string) => string {
  const t = useTexts(operationTexts)
  return (operation) =>
    operation in operationTexts.en ? t(operation as keyof typeof operationTexts.en) : t('other')
}

/** What a field is called; its own name where no word is known. */
export function useFieldWords(): (name: string) => string {
  const t = useTexts(fieldTexts)
  return (name) => (name in fieldTexts.en ? t(name as keyof typeof fieldTexts.en) : name)
}

export interface RecordHistoryProps {
  entity: Given<'history.list'>['entity']
  id: string
  /** Currency of the record's amounts, where an entry does not name it. */
  currency?: string | null
}

export function RecordHistory(props: RecordHistoryProps) {
  const { entity, id, currency } = props
  const list = usePages('history.list', { entity, id })
  const words = useOperationWords()
  const label = useFieldWords()
  const write = useWrittenValue()
  const zone = useOrganisation().data?.settings.zone
  const undo = useChange('changes.undo')
  const lookingBack = useLookingBack()
  const details = (entry: Entry) => {
    const [before, after] = entry.fields.currency ?? []
    return Object.entries(entry.fields)
      .filter(([name]) => !silent.has(name))
      .map(([name, values]) => ({
        label: label(name),
        before: write(name, values[0], text(before) ?? text(after) ?? currency ?? undefined),
        after: write(name, values[1], text(after) ?? currency ?? undefined),
      }))
      .filter((one) => one.before !== undefined || one.after !== undefined)
  }
  return (
    <Answered query={list.query} shape="panel">
      {() => (
        <HistoryList
          {...(zone === undefined ? {} : { zone })}
          entries={list.rows.map((entry) => ({
            id: `${entry.changeId}-${entry.version}`,
            at: entry.at,
            who: entry.actor.name,
            text: words(entry.operation),
            details: details(entry),
            ...(entry.operation.endsWith('.edit') && !lookingBack
              ? {
                  undo: () =>
                    void undo
                      .run({ id: entry.changeId })
                      .catch((thrown) => toast.problem(asProblem(thrown))),
                }
              : {}),
          }))}
        />
      )}
    </Answered>
  )
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Writes a value as the pages do: amounts in their currency, days as dates, words in the language. */
export function useWrittenValue(): (
  name: string,
  value: unknown,
  currency: string | undefined,
) => string | undefined {
  const format = useFormat()
  const values = useTexts(valueTexts)
  return (name, value, currency) => {
    if (value === null || value === undefined || value === '') return undefined
    if (typeof value === 'number') {
      if (amounts.has(name) && currency !== undefined)
        return format.money(value, currency, { currency: true })
      return format.number(value, (String(value).split('.')[1] ?? '').length)
    }
    if (typeof value === 'object') {
      if ('name' in value) return String(value.name)
      return (
        Object.entries(value)
          .map(([key, one]) => `${key}: ${one}`)
          .join(', ') || undefined
      )
    }
    if (worded.has(name) && String(value) in valueTexts.en)
      return values(String(value) as keyof typeof valueTexts.en)
    return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? format.date(String(value)) : String(value)
  }
}
