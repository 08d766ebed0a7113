// The history of a record in a drawer of its own, and the preview from which an earlier state comes back.
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer, Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
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
import { type HistoryEntity, RecordHistory } from './record-history.tsx'
import './history-drawer.css'

type Preview = Answer<'history.restore'>
type Field = Preview['fields'][number]
type Restorable = Given<'history.restore'>['entity']

/** Opened by `?history=entity:id`, or with `:changeId` behind it to bring that state back. */
export function HistoryDrawer({ value, close }: DrawerProps) {
  const t = useTexts(restoreTexts)
  const [entity = '', id = '', changeId] = value.split(':')
  if (changeId) return <Restore entity={entity as Restorable} {...{ id, changeId, close }} />
  return (
    <Drawer title={t('history')} close={close} print={false}>
      <RecordHistory entity={entity as HistoryEntity} id={id} />
    </Drawer>
  )
}

interface RestoreProps {
  entity: Restorable
  id: string
  changeId: string
  close: () => void
}

function Restore(props: RestoreProps) {
  const { entity, id, changeId, close } = props
  const t = useTexts(restoreTexts)
  const format = useFormat()
  const words = useOperationWords()
  const zone = useOrganisation().data?.settings.zone
  const preview = useOperation('history.restore', { entity, id, changeId, preview: true })
  const entry = usePages('history.list', { entity, id, limit: 20 }).rows.find(
    (row) => row.changeId === changeId,
  )
  const note =
    entry && `${words(entry.operation)} · ${format.instant(entry.at, zone)} · ${entry.actor.name}`
  return (
    <Drawer title={t('title')} {...(note ? { note } : {})} close={close} print={false}>
      <Answered query={preview} shape="panel">
        {(found) => <Choice key={found.version} {...props} preview={found} ask={preview.retry} />}
      </Answered>
    </Drawer>
  )
}

/** What would change, field by field; what is not wanted is left out. */
function Choice(props: RestoreProps & { preview: Preview; ask: () => void }) {
  const { entity, id, changeId, preview, close, ask } = props
  const t = useTexts(restoreTexts)
  const setSearch = useSetSearch()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const restore = useChange('history.restore')
  const undo = useChange('changes.undo')
  const free = preview.fields.filter((field) => field.stays === undefined)
  const chosen = free.filter((field) => !left.has(field.name))
  const currency = preview.currency ?? undefined
  const turn = (field: Field) => {
    const names = free
      .filter((one) => one === field || (one.together && one.together === field.together))
      .map(({ name }) => name)
    const next = new Set(left)
    for (const name of names) left.has(field.name) ? next.delete(name) : next.add(name)
    setLeft(next)
  }
  const run = async () => {
    const fields = left.size > 0 ? { fields: chosen.map(({ name }) => name) } : {}
    const done = await restore
      .run({ entity, id, changeId, ...fields }, { version: preview.version })
      .catch(() => ask())
    if (!done?.changeId) return
    const made = done.changeId
    toast.undo(t('done', { count: done.fields.length }), () => undo.run({ id: made }))
    close()
  }
  if (preview.fields.length === 0) return <p className="k-muted">{t('same')}</p>
  const list = (
    <ul className="restore-fields">
      {preview.fields
        .toSorted((a, b) => byField(a.name, b.name))
        .map((field) => (
          <FieldRow
            key={field.name}
            entity={entity}
            id={id}
            field={field}
            currency={currency}
            chosen={field.stays === undefined && !left.has(field.name)}
            turn={() => turn(field)}
          />
        ))}
    </ul>
  )
  if (free.length === 0) return list
  return (
    <Form
      submitLabel={t('restore', { count: chosen.length })}
      onSubmit={() => (chosen.length > 0 ? run() : undefined)}
      busy={restore.busy}
      problem={restore.problem}
      cancel={() => setSearch({ history: `${entity}:${id}` })}
    >
      <p className="k-muted">{t('note')}</p>
      {list}
    </Form>
  )
}

function FieldRow(props: {
  entity: Restorable
  id: string
  field: Field
  currency: string | undefined
  chosen: boolean
  turn: () => void
}) {
  const { entity, id, field, currency, chosen, turn } = props
  const t = useTexts(restoreTexts)
  const label = useFieldWords(entity)
  const write = useWrittenValue(useMeasuredIn(entity, id))
  const { name, now, was, stays } = field
  return (
    <li>
      <Checkbox
        label={label(name)}
        checked={chosen}
        disabled={stays !== undefined}
        onChange={turn}
      />
      <p className="restore-values">
        <span className="k-hidden">{t('now')}</span>
        <del>{write(name, now, currency) ?? t('empty')}</del>
        <span aria-hidden="true"> → </span>
        <span className="k-hidden">{t('earlier')}</span>
        <ins>{write(name, was, currency) ?? t('empty')}</ins>
      </p>
      {stays && <p className="restore-stays">{t(stays)}</p>}
    </li>
  )
}
