// What earlier imports have left for the next file: mappings by name, and names taken as the same.
import { Button } from '@mantine/core'
import { ScreenLink } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { sourcesTexts } from '../texts-sources.ts'
import { useImportTexts } from './batch-words.ts'
import './imports.css'

type Mapping = Answer<'imports.mappings'>['rows'][number]
type Name = Answer<'imports.names'>['rows'][number]

export function KeptScreen() {
  const t = useTexts(sourcesTexts)
  const imports = useImportTexts()
  const mappings = useOperation('imports.mappings', {})
  const names = usePages('imports.names', { limit: 100 })
  const kept = mappings.data?.rows.length ?? 0
  const finding =
    kept + names.rows.length === 0
      ? t('kept_finding_none')
      : t('kept_finding', {
          mappings: t('kept_mappings', { count: kept }),
          names: names.more.next
            ? t('kept_names_many', { count: names.rows.length })
            : t('kept_names', { count: names.rows.length }),
        })
  return (
    <Answered query={names.query} shape="page">
      {() => (
        <Page finding={finding} chips={<ScreenLink to="imports">{imports('imports')}</ScreenLink>}>
          <Section title={t('mappings')} note={t('mappings_note')}>
            <Answered query={mappings} shape="table">
              {({ rows }) => <Mappings rows={rows} />}
            </Answered>
          </Section>
          <Section title={t('names')} note={t('names_note')}>
            <Names list={names} />
          </Section>
        </Page>
      )}
    </Answered>
  )
}

function Mappings({ rows }: { rows: readonly Mapping[] }) {
  const t = useTexts(sourcesTexts)
  const imports = useImportTexts()
  const remove = useChange('imports.remove-mapping')
  const undo = useChange('changes.undo')
  const takeAway = async ({ id, version, name }: Mapping) => {
    try {
      const { changeId } = await remove.run({ id, version })
      toast.undo(t('removed', { name }), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  if (rows.length === 0)
    return <Empty kind="nothing-yet" title={t('mappings_none')} text={t('mappings_none_text')} />
  const columns: Column<Mapping>[] = [
    { id: 'name', head: t('mapping'), main: true, width: '22%', cell: (row) => row.name },
    { id: 'kind', head: t('mapping_kind'), cell: (row) => imports(`kind_${row.kind}`) },
    {
      id: 'headers',
      head: t('mapping_headers'),
      cell: (row) => <span className="k-muted">{row.headers.join(', ')}</span>,
    },
    {
      id: 'remove',
      head: t('remove'),
      align: 'right',
      keep: true,
      cell: (row) => (
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={remove.busy}
          aria-label={t('remove_of', { name: row.name })}
          onClick={() => void takeAway(row)}
        >
          {t('remove')}
        </Button>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('mappings')}
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
    />
  )
}

function Names({ list }: { list: ReturnType<typeof usePages<'imports.names'>> }) {
  const t = useTexts(sourcesTexts)
  const remove = useChange('imports.remove-name')
  const undo = useChange('changes.undo')
  const forget = async ({ id, version, written, means }: Name) => {
    try {
      const { changeId } = await remove.run({ id, version })
      toast.undo(t('forgotten', { written, means }), () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  if (list.rows.length === 0)
    return <Empty kind="nothing-yet" title={t('names_none')} text={t('names_none_text')} />
  const columns: Column<Name>[] = [
    { id: 'written', head: t('name_written'), main: true, cell: (row) => row.written },
    { id: 'means', head: t('name_means'), keep: true, cell: (row) => row.means },
    { id: 'kind', head: t('name_kind'), cell: (row) => t(`name_of_${row.kind}`) },
    {
      id: 'forget',
      head: t('forget'),
      align: 'right',
      cell: (row) => (
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={remove.busy}
          aria-label={t('forget_of', { written: row.written, means: row.means })}
          onClick={() => void forget(row)}
        >
          {t('forget')}
        </Button>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('names')}
      rows={list.rows}
      columns={columns}
      rowId={(row) => row.id}
      rowLabel={(row) => row.written}
      more={list.more}
      stale={list.query.isStale}
    />
  )
}
