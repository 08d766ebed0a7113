// The history of one record: who changed which field when, from what to what, and the way back.
import { Button } from '@mantine/core'
import { ScreenLink, useLookingBack, useSetSearch } from '../../../web/address.tsx'
import type { Answer, Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { HistoryList } from '../../../web/ui/history-list.tsx'
import { MoreLink } from '../../../web/ui/more-link.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { restoreTexts } from '../texts-history.ts'
import {
  byField,
  useFieldWords,
  useMeasuredIn,
  useOperationWords,
  useWrittenValue,
} from './history-words.ts'

type Entry = Answer<'history.list'>['rows'][number]
export type HistoryEntity = Given<'history.list'>['entity']

/** Fields that follow from others: the class of size from the employees, the number's own source. */
const silent = new Set(['size'])
const undoable = /\.(edit|set-state|move|set-sellers|complete|restore|step)$/

export interface RecordHistoryProps {
  entity: HistoryEntity
  id: string
  /** Currency of the record's amounts, where no entry names it. */
  currency?: string | null
}

/** Opens the history in its drawer, where the record has no page with room for it. */
export function HistoryButton(props: {
  entity: HistoryEntity
  id: string
  size?: 'compact-sm'
  /** Closes the drawer it stands in, where the address does not. */
  leave?: () => void
}) {
  const { entity, id, size, leave } = props
  const t = useTexts(restoreTexts)
  const setSearch = useSetSearch()
  return (
    <Button
      variant="default"
      {...(size ? { size } : {})}
      onClick={() => {
        leave?.()
        setSearch({ history: `${entity}:${id}`, open: undefined })
      }}
    >
      {t('history')}
    </Button>
  )
}

/** The history as the last section of a record's page. */
export function HistorySection(props: RecordHistoryProps) {
  const t = useTexts(restoreTexts)
  return (
    <Section title={t('history')}>
      <RecordHistory {...props} />
    </Section>
  )
}

export function RecordHistory(props: RecordHistoryProps) {
  const { entity, id } = props
  const parts = useTexts(partTexts)
  const list = usePages('history.list', { entity, id, limit: 20 })
  const words = useOperationWords()
  const label = useFieldWords(entity)
  const write = useWrittenValue(useMeasuredIn(entity, id))
  const setSearch = useSetSearch()
  const mayRestore = useMayRestore(entity)
  const zone = useOrganisation().data?.settings.zone
  const undo = useChange('changes.undo')
  const lookingBack = useLookingBack()
  const details = (entry: Entry, index: number) => {
    const money = currencyAt(list.rows, index) ?? props.currency ?? undefined
    return Object.entries(entry.fields)
      .filter(([name]) => !silent.has(name))
      .sort(([a], [b]) => byField(a, b))
      .map(([name, [before, after]]) => ({
        label: label(name),
        before: write(name, before, text(entry.fields.currency?.[0]) ?? money),
        after: write(name, after, money),
      }))
      .filter((one) => one.before !== undefined || one.after !== undefined)
  }
  const takeBack = (entry: Entry) =>
    void undo.run({ id: entry.changeId }).catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <Answered query={list.query} shape="panel">
      {() => (
        <>
          <HistoryList
            {...(zone === undefined ? {} : { zone })}
            entries={list.rows.map((entry, index) => ({
              id: `${entry.changeId}-${entry.version}`,
              at: entry.at,
              who: entry.actor.name,
              text: words(entry.operation),
              undone: entry.undone,
              details: details(entry, index),
              ...(entry.batch
                ? {
                    source: (
                      <ScreenLink to={`imports/${entry.batch.id}`}>{entry.batch.name}</ScreenLink>
                    ),
                  }
                : {}),
              ...(undoable.test(entry.operation) && !lookingBack
                ? { undo: () => takeBack(entry) }
                : {}),
              // What is newest is how the record is now; what it was when it was gone is no state.
              ...(index > 0 && mayRestore && !lookingBack && entry.fields.state?.[1] !== 'removed'
                ? {
                    restore: () =>
                      setSearch({ history: `${entity}:${id}:${entry.changeId}`, open: undefined }),
                  }
                : {}),
            }))}
          />
          <MoreLink more={list.more}>{parts('rows_next')}</MoreLink>
        </>
      )}
    </Answered>
  )
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** The currency after an entry: that of the nearest earlier one that set it. */
function currencyAt(rows: readonly Entry[], index: number): string | undefined {
  const set = rows.slice(index).find((row) => row.fields.currency)
  const later = rows.slice(0, index).findLast((row) => row.fields.currency)
  return text(set?.fields.currency?.[1]) ?? text(later?.fields.currency?.[0])
}

const ofAdmins = new Set<HistoryEntity>(['seller', 'team', 'stage'])

/** Buttons that would be refused are not shown. */
export function useMayRestore(entity: HistoryEntity): boolean {
  const roles = useOrganisation().data?.me.roles ?? []
  if (entity === 'person') return false
  return ofAdmins.has(entity) ? roles.includes('admin') : roles.some((role) => role !== 'auditor')
}
