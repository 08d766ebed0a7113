// Who is and was in which team, as a table; what still holds can be ended.
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { teamTexts } from '../texts.ts'
import { useTenureColumns } from './tenure.tsx'

export type Membership = Answer<'teams.get'>['memberships'][number]

/** What stands in the first column: the teams of a seller, or the people of a team. */
export type MembershipsOf = 'seller' | 'team'

export function Memberships(props: { rows: readonly Membership[]; of: MembershipsOf }) {
  const { rows, of } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  const who = (row: Membership) => row.seller?.name ?? row.person?.name ?? t('not_known')
  const nameOf = (row: Membership) => (of === 'seller' ? row.team.name : who(row))
  const tenure = useTenureColumns<Membership>(
    (row) => t('end_title', { name: who(row), team: row.team.name }),
    (row) => setSearch({ membership: `end:${row.team.id}:${row.id}` }),
  )
  const columns: Column<Membership>[] = [
    { id: 'name', head: of === 'seller' ? t('team') : t('who'), main: true, cell: nameOf },
    tenure.from,
    tenure.until,
  ]
  if (of === 'team') {
    columns.splice(1, 0, { id: 'role', head: t('role'), cell: (row) => t(`role_${row.kind}`) })
  }
  return (
    <DataTable
      caption={t('memberships')}
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      rowLabel={nameOf}
      rowLink={(row) => {
        if (of === 'seller') return { to: `teams/${row.team.id}` }
        return row.seller ? { to: `sellers/${row.seller.id}` } : undefined
      }}
    />
  )
}
