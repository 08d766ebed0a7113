// Changing many records alike: what is set, what would change, and the one change that can be taken back.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../language.ts'
import type { Problem } from '../problem.ts'
import { useOperation } from '../queries.ts'
import { partTexts } from '../texts.ts'
import { DataTable } from './data-table.tsx'
import { Drawer, DrawerPart } from './drawer.tsx'
import { Form, TextField } from './form.tsx'
import { ChoiceField } from './form-inputs.tsx'
import { PickField } from './pick-field.tsx'

export interface BulkField {
  name: string
  label: string
  /** Values to choose from; absent: free text, where nothing takes the value away. */
  choices?: readonly { value: string; label: string }[]
  /** Records to choose from by typing; their id is what is set. */
  pick?: 'customers.list' | 'sellers.list'
  /** Where the rows of the preview have it, if not under the name, and how it is written. */
  shown?: (values: Values) => string | null | undefined
}

type Values = Readonly<Record<string, string | number | null>>

export interface BulkOutcome {
  chosen: number
  changed: number
  same: number
  rows: readonly { id: string; name: string; before: Values; after: Values }[]
  changeId?: string | undefined
}

interface BulkEditProps {
  fields: readonly BulkField[]
  /** Asks or does it; undefined when it was refused, with the reason in `problem`. */
  run: (set: Record<string, string | null>, preview: boolean) => Promise<BulkOutcome | undefined>
  busy: boolean
  problem: Problem | undefined
  close: () => void
  done: (outcome: BulkOutcome) => void
}

export function BulkEditDrawer({ fields, run, busy, problem, close, done }: BulkEditProps) {
  const t = useTexts(partTexts)
  const [name, setName] = useState(fields[0]?.name ?? '')
  const [value, setValue] = useState('')
  const [preview, setPreview] = useState<BulkOutcome | undefined>()
  const field = fields.find((one) => one.name === name)
  const set = { [name]: value.trim() === '' ? null : value.trim() }
  const look = async () => setPreview(await run(set, true))
  const apply = async () => {
    const outcome = await run(set, false)
    if (outcome) done(outcome)
  }
  const shown = (values: Values) =>
    String((field?.shown ? field.shown(values) : values[name]) ?? '—')
  return (
    <Drawer title={t('bulk_title')} close={close} print={false}>
      <Form
        submitLabel={t('bulk_preview')}
        onSubmit={look}
        busy={busy && !preview}
        problem={problem}
        cancel={close}
      >
        <ChoiceField
          name="field"
          label={t('bulk_field')}
          value={name}
          onChange={(chosen) => {
            setName(chosen)
            setValue('')
            setPreview(undefined)
          }}
          options={fields.map((one) => ({ value: one.name, label: one.label }))}
          required
          autoFocus
        />
        {field?.pick ? (
          <RecordField
            key={name}
            list={field.pick}
            label={t('bulk_value')}
            value={value}
            onChange={(chosen) => {
              setValue(chosen)
              setPreview(undefined)
            }}
          />
        ) : field?.choices ? (
          <ChoiceField
            name="value"
            label={t('bulk_value')}
            value={value}
            onChange={(chosen) => {
              setValue(chosen)
              setPreview(undefined)
            }}
            options={field.choices}
            required
          />
        ) : (
          <TextField
            name="value"
            label={t('bulk_value')}
            hint={t('bulk_empty')}
            value={value}
            onChange={(typed) => {
              setValue(typed)
              setPreview(undefined)
            }}
            maxLength={200}
          />
        )}
      </Form>
      {preview && (
        <DrawerPart
          title={t('bulk_counts', {
            chosen: preview.chosen,
            changed: preview.changed,
            same: preview.same,
          })}
        >
          {preview.rows.length > 0 && (
            <DataTable
              caption={t('bulk_first')}
              rows={preview.rows}
              columns={[
                { id: 'name', head: t('bulk_first'), main: true, cell: (row) => row.name },
                {
                  id: 'before',
                  head: t('bulk_before'),
                  keep: true,
                  cell: (row) => shown(row.before),
                },
                {
                  id: 'after',
                  head: t('bulk_after'),
                  keep: true,
                  cell: (row) => shown(row.after),
                },
              ]}
              rowId={(row) => row.id}
              rowLabel={(row) => row.name}
            />
          )}
          {preview.changed > 0 && (
            <Button loading={busy} onClick={() => void apply()} mt="md">
              {t('bulk_apply', { count: preview.changed })}
            </Button>
          )}
        </DrawerPart>
      )}
    </Drawer>
  )
}

interface RecordFieldProps {
  list: NonNullable<BulkField['pick']>
  label: string
  value: string
  onChange: (id: string) => void
}

/** One of many records, found by the beginning of its name. */
function RecordField({ list, label, value, onChange }: RecordFieldProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  // The name of the chosen one stands in the field; searching for it would find it alone.
  const search = typed === chosen?.label ? '' : typed
  const { data } = useOperation(list, { limit: 50, ...(search ? { search } : {}) })
  const found = (data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))
  const options =
    chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found
  return (
    <PickField
      name="value"
      label={label}
      value={value === '' ? undefined : value}
      options={options}
      onSearch={setTyped}
      onChange={(id) => {
        setChosen(options.find((one) => one.value === id))
        onChange(id ?? '')
      }}
      required
    />
  )
}
