// Describing one own field: what it is called and what it holds.
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, LongField, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'

type Field = Answer<'own-fields.list'>['rows'][number]
export type Entity = Field['entity']
export const entities: readonly Entity[] = ['customer', 'contact', 'product']
const kinds: readonly Field['kind'][] = ['text', 'number', 'date', 'choice']

/** What a new field begins with. */
export interface OwnFieldStart {
  entity: Entity
  key: string
}

export function OwnFieldForm(props: { begin: Field | OwnFieldStart; close: () => void }) {
  const { begin, close } = props
  const field = 'id' in begin ? begin : undefined
  const t = useTexts(moreTexts)
  const [entity, setEntity] = useState<Entity>(begin.entity)
  const [key, setKey] = useState(begin.key)
  const [label, setLabel] = useState(field?.label ?? begin.key)
  const [kind, setKind] = useState<Field['kind']>(field?.kind ?? 'text')
  const [choices, setChoices] = useState(field?.choices.join('\n') ?? '')
  const create = useChange('own-fields.create')
  const edit = useChange('own-fields.edit')
  const undo = useChange('changes.undo')
  const save = async () => {
    const lines = choices.split('\n').map((line) => line.trim())
    const input = { label, kind, choices: lines.filter((line) => line !== '') }
    const written = await (field
      ? edit.run({ id: field.id, ...input }, { version: field.version })
      : create.run({ entity, key, ...input })
    ).catch(() => undefined)
    if (!written) return
    toast.undo(t(field ? 'said_saved' : 'said_added', { name: label }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  return (
    <Drawer
      title={field ? t('own_field_edit', { name: field.label }) : t('own_field_add')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t(field ? 'save' : 'own_field_add')}
        onSubmit={save}
        busy={create.busy || edit.busy}
        problem={create.problem ?? edit.problem}
        cancel={close}
      >
        <ChoiceField
          name="entity"
          label={t('entity')}
          value={entity}
          onChange={(value) => setEntity(value as Entity)}
          options={entities.map((one) => ({ value: one, label: t(`entity_${one}`) }))}
          required
          disabled={field !== undefined}
        />
        <TextField
          name="key"
          label={t('key')}
          hint={t('key_hint')}
          value={key}
          onChange={setKey}
          maxLength={100}
          required
          disabled={field !== undefined}
          autoFocus={field === undefined}
        />
        <TextField
          name="label"
          label={t('label')}
          value={label}
          onChange={setLabel}
          maxLength={100}
          required
          autoFocus={field !== undefined}
        />
        <ChoiceField
          name="kind"
          label={t('kind')}
          value={kind}
          onChange={(value) => setKind(value as Field['kind'])}
          options={kinds.map((one) => ({ value: one, label: t(`kind_${one}`) }))}
          required
        />
        {kind === 'choice' && (
          <LongField
            name="choices"
            label={t('choices')}
            value={choices}
            onChange={setChoices}
            rows={6}
            required
          />
        )}
      </Form>
    </Drawer>
  )
}
