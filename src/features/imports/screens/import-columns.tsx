// What the file is and which column becomes which field; every choice reads the file anew.
import { Button, NativeSelect } from '@mantine/core'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import { type BatchDetail, kindIsOpen, kindOrder, useImportTexts } from './batch-words.ts'
import type { Mapping } from './import-screen.tsx'
import { KeepMapping } from './keep-mapping.tsx'

type FileColumn = BatchDetail['columns'][number]
const presets = ['plain', 'maven', 'salesforce', 'hubspot', 'pipedrive'] as const

export function ColumnSection({ batch, mapping }: { batch: BatchDetail; mapping: Mapping }) {
  const t = useImportTexts()
  const format = useFormat()
  const language = useLanguage()
  const open = kindIsOpen(batch)
  const narrow = useNarrow()
  const sources = useTexts(sourcesTexts)
  const share = (width: string) => (narrow ? {} : { width })
  const rows = batch.columns.map((column, at) => ({ ...column, at }))
  type Row = (typeof rows)[number]
  const named = (row: Row) => row.column || t('no_header', { number: row.at + 1 })
  const columns: Column<Row>[] = [
    { id: 'column', head: t('column'), main: true, ...share('20%'), cell: named },
    {
      id: 'field',
      head: t('field'),
      keep: true,
      ...share('24%'),
      cell: (row) => <FieldChoice batch={batch} column={row} name={named(row)} mapping={mapping} />,
    },
    {
      id: 'examples',
      head: t('column_examples'),
      cell: (row) => <span className="k-muted">{format.list(row.examples)}</span>,
    },
    {
      id: 'note',
      head: t('column_note'),
      ...share('30%'),
      cell: (row) => <span className="k-muted">{row.note?.[language] ?? ''}</span>,
    },
  ]
  return (
    <Section
      title={t('columns')}
      note={t('columns_note')}
      actions={
        <>
          {batch.state !== 'asking' && <KeepMapping batch={batch} />}
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={mapping.busy}
            onClick={() => void mapping.run({ mapping: {}, accept: [] })}
          >
            {t('afresh')}
          </Button>
        </>
      }
    >
      {batch.readBy !== null && <p>{sources('read_by', { name: batch.readBy })}</p>}
      <div className="imports-kinds">
        <NativeSelect
          label={t('holds')}
          value={open ? '' : batch.kind}
          disabled={mapping.busy}
          data={[
            ...(open ? [{ value: '', label: t('kind_open') }] : []),
            ...kindOrder.map((value) => ({ value, label: t(`kind_${value}`) })),
          ]}
          // Columns were chosen for the kind before: they are recognised anew.
          onChange={(event) => {
            const kind = kindOrder.find((one) => one === event.currentTarget.value)
            if (kind) void mapping.run({ kind, mapping: {} })
          }}
        />
        <NativeSelect
          label={t('form')}
          value={batch.preset ?? ''}
          disabled={mapping.busy}
          data={[
            ...(batch.preset === null ? [{ value: '', label: t('any_form') }] : []),
            ...presets.map((value) => ({ value, label: t(`preset_${value}`) })),
          ]}
          onChange={(event) => {
            const preset = presets.find((one) => one === event.currentTarget.value)
            if (preset) void mapping.run({ preset, mapping: {} })
          }}
        />
      </div>
      {/* Until it is clear what the file holds there are no fields to choose from. */}
      {!open && (
        <DataTable
          caption={t('columns')}
          rows={rows}
          columns={columns}
          rowId={(row) => String(row.at)}
          rowLabel={named}
          stale={mapping.busy}
        />
      )}
    </Section>
  )
}

function FieldChoice(props: {
  batch: BatchDetail
  column: FileColumn & { at: number }
  name: string
  mapping: Mapping
}) {
  const { batch, column, name, mapping } = props
  const t = useImportTexts()
  const language = useLanguage()
  const nothing =
    column.field !== null ? t('no_field') : t(column.use === 'trait' ? 'kept' : 'ignored')
  // Two columns of one name are told apart by their number, as in a mapping file.
  const repeated = batch.columns.filter((one) => one.column === column.column).length > 1
  const reference = column.column === '' || repeated ? String(column.at + 1) : column.column
  return (
    <NativeSelect
      size="xs"
      aria-label={t('field_of', { column: name })}
      value={column.field ?? ''}
      disabled={mapping.busy}
      data={[
        { value: '', label: nothing },
        ...batch.fields.map((field) => ({
          value: field.name,
          label: field.needed ? `${field.label[language]} (${t('needed')})` : field.label[language],
        })),
      ]}
      onChange={(event) =>
        void mapping.run({ columns: { [reference]: event.currentTarget.value || null } })
      }
    />
  )
}
