// Own fields in the settings: described, changed, archived; columns of imports are offered.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { moreTexts } from '../texts-more.ts'
import { type Entity, entities, OwnFieldForm, type OwnFieldStart } from './own-field-form.tsx'
import './records.css'

type Field = Answer<'own-fields.list'>['rows'][number]

/** Columns offered of each kind of record: the most frequent. */
const offered = 6

export function OwnFieldsSection() {
  const t = useTexts(moreTexts)
  const active = useOperation('own-fields.list', {})
  const archived = useOperation('own-fields.list', { state: 'archived' })
  const [open, setOpen] = useState<Field | OwnFieldStart>()
  return (
    <Section
      title={t('own_fields')}
      note={t('own_fields_note')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setOpen({ entity: 'customer', key: '' })}
        >
          {t('own_field_add')}
        </Button>
      }
    >
      <Answered query={active} shape="panel">
        {({ rows }) => (
          <>
            {rows.length === 0 && <p className="records-none">{t('own_fields_none')}</p>}
            <ul className="records-lines">
              {[...rows, ...(archived.data?.rows ?? [])].map((field) => (
                <FieldLine key={field.id} field={field} edit={() => setOpen(field)} />
              ))}
            </ul>
          </>
        )}
      </Answered>
      {entities.map((entity) => (
        <Offers key={entity} entity={entity} choose={(key) => setOpen({ entity, key })} />
      ))}
      {open && <OwnFieldForm begin={open} close={() => setOpen(undefined)} />}
    </Section>
  )
}

function FieldLine({ field, edit }: { field: Field; edit: () => void }) {
  const t = useTexts(moreTexts)
  const archived = field.state === 'archived'
  return (
    <li>
      <span>{field.label}</span>
      <span className="k-muted">
        {t(`entity_${field.entity}`)} · {t(`kind_${field.kind}`)}
        {archived && ` · ${t('is_archived')}`}
      </span>
      <span className="records-end">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('own_field_edit', { name: field.label })}
          onClick={edit}
        >
          {t('edit')}
        </Button>
        <ArchiveButton
          operation="own-fields.set-state"
          record={{ ...field, name: field.label }}
          inLine
        />
      </span>
    </li>
  )
}

function Offers({ entity, choose }: { entity: Entity; choose: (key: string) => void }) {
  const t = useTexts(moreTexts)
  const rows = useOperation('own-fields.offers', { entity }).data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <div className="records-offers">
      <span className="k-muted">
        {t(`entity_${entity}`)} – {t('offers')}
      </span>
      {rows.slice(0, offered).map(({ key, count }) => (
        <Button key={key} variant="default" size="compact-sm" onClick={() => choose(key)}>
          {t('offer', { key, count })}
        </Button>
      ))}
    </div>
  )
}
