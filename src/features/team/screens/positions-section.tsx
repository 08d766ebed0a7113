// Positions of the organisation or of one team, with who holds them today.
import { Button } from '@mantine/core'
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { positionTexts } from '../texts-positions.ts'
import { useMayManage } from './team-rights.ts'

type Position = Answer<'positions.list'>['rows'][number]

/** Nothing where there is none and nobody may add one. */
export function PositionsSection({ teamId }: { teamId?: string }) {
  const t = useTexts(positionTexts)
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const list = usePages('positions.list', {
    limit: 100,
    ...(teamId === undefined ? {} : { teamId }),
  })
  if (list.query.data === undefined || (list.rows.length === 0 && !mayManage)) return null
  const columns: Column<Position>[] = [
    { id: 'name', head: t('name'), main: true, cell: ({ name }) => name },
    ...(teamId === undefined
      ? [
          {
            id: 'team',
            head: t('team'),
            cell: ({ team }: Position) => team?.name ?? t('team_none'),
          },
        ]
      : []),
    {
      id: 'holder',
      head: t('holder'),
      keep: true,
      cell: ({ holder }) => holder?.name ?? <span className="k-muted">{t('vacant')}</span>,
    },
  ]
  return (
    <Section
      title={t('title')}
      note={t('note')}
      actions={
        mayManage && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              setSearch({ position: teamId === undefined ? 'new' : `below:${teamId}` })
            }
          >
            {t('add')}
          </Button>
        )
      }
    >
      {list.rows.length === 0 ? (
        <p className="k-section-note">{t('none')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          rows={list.rows}
          columns={columns}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          onOpen={({ id }) => setSearch({ position: id })}
          more={list.more}
        />
      )}
    </Section>
  )
}
