// What can be imported: every kind with its fields and a sample file, and where other programs export.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink, useOrg, useSearch, useSetSearch } from '../../../web/address.tsx'
import { type Answer, download } from '../../../web/client.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { knownExports } from '../calc/known-exports.ts'
import { sourcesTexts } from '../texts-sources.ts'
import { useImportTexts } from './batch-words.ts'
import './imports.css'

type KindRow = Answer<'imports.kinds'>['rows'][number]
type Field = KindRow['fields'][number]
const types = ['text', 'date', 'money', 'integer', 'number', 'one-of'] as const
const programs = ['salesforce', 'hubspot', 'pipedrive', 'maven'] as const

export function KindsScreen() {
  const t = useTexts(sourcesTexts)
  const imports = useImportTexts()
  const query = useOperation('imports.kinds', {})
  return (
    <Answered query={query} shape="page">
      {({ rows }) => (
        <Page
          finding={t('kinds_finding', { count: rows.length })}
          note={t('kinds_note')}
          chips={<ScreenLink to="imports">{imports('imports')}</ScreenLink>}
        >
          <Kinds rows={rows} />
          <Programs />
        </Page>
      )}
    </Answered>
  )
}

function Kinds({ rows }: { rows: readonly KindRow[] }) {
  const t = useTexts(sourcesTexts)
  const language = useLanguage()
  const search = useSearch()
  const setSearch = useSetSearch()
  const open = rows.find((row) => row.kind === search.kind)
  const needed = (row: KindRow) =>
    row.fields.flatMap((field) => (field.needed ? [field.label[language]] : [])).join(', ')
  const columns: Column<KindRow>[] = [
    { id: 'kind', head: t('kind'), main: true, cell: (row) => row.label[language] },
    { id: 'sentence', head: t('kind_sentence'), cell: (row) => row.sentence[language] },
    {
      id: 'needed',
      head: t('kind_needed'),
      cell: (row) => needed(row) || <span className="k-muted">{t('kind_all_free')}</span>,
    },
    {
      id: 'sample',
      head: t('sample'),
      align: 'right',
      keep: true,
      cell: (row) => <Sample row={row} />,
    },
  ]
  return (
    <Section title={t('kinds')}>
      <DataTable
        caption={t('kinds')}
        rows={rows}
        columns={columns}
        rowId={(row) => row.kind}
        rowLabel={(row) => row.label[language]}
        onOpen={(row) => setSearch({ kind: row.kind })}
      />
      {open && (
        <Drawer
          title={t('fields_of', { kind: open.label[language] })}
          note={open.sentence[language]}
          close={() => setSearch({ kind: undefined })}
          foot={<Sample row={open} />}
        >
          <FieldList row={open} />
        </Drawer>
      )}
    </Section>
  )
}

function Sample({ row }: { row: KindRow }) {
  const t = useTexts(sourcesTexts)
  const language = useLanguage()
  const org = useOrg()
  const [busy, setBusy] = useState(false)
  const kind = row.label[language]
  const fetchSample = async () => {
    setBusy(true)
    const name = t('sample_file', { kind })
    await download('imports.sample', { kind: row.kind, lang: language }, { org, name }).catch(
      (thrown) => toast.problem(asProblem(thrown)),
    )
    setBusy(false)
  }
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      loading={busy}
      aria-label={t('sample_of', { kind })}
      onClick={() => void fetchSample()}
    >
      {t('sample')}
    </Button>
  )
}

function FieldList({ row }: { row: KindRow }) {
  const t = useTexts(sourcesTexts)
  const imports = useImportTexts()
  const language = useLanguage()
  const type = (field: Field) => {
    const known = types.find((one) => one === field.type)
    return known ? t(`type_${known}`) : field.type
  }
  return (
    <dl className="imports-fields">
      {row.fields.map((field) => (
        <div key={field.name}>
          <dt>
            {field.label[language]}
            {field.needed && <span className="imports-needed">{imports('needed')}</span>}
          </dt>
          <dd>{field.sentence[language]}</dd>
          <dd className="k-muted">
            {type(field)}
            {field.example !== '' && (
              <>
                {' · '}
                <code>{field.example}</code>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Where each program exports, and by which headers its files are known. */
function Programs() {
  const t = useTexts(sourcesTexts)
  const imports = useImportTexts()
  return (
    <Section title={t('presets')} note={t('presets_note')}>
      <dl className="imports-programs">
        {programs.map((program) => (
          <div key={program}>
            <dt>{imports(`preset_${program}`)}</dt>
            <dd>
              <p>{t(`preset_how_${program}`)}</p>
              <ul>
                {knownExports
                  .filter((one) => one.preset === program)
                  .map((one) => (
                    <li key={`${one.kind} ${one.marks.join()}`}>
                      {t('preset_kind', {
                        kind: imports(`kind_${one.kind}`),
                        headers: one.marks.join(', '),
                      })}
                    </li>
                  ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('preset_elsewhere')}</p>
    </Section>
  )
}
