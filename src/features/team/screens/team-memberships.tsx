// Who is and was in which team, as a table; what still holds can be ended.
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { teamTexts } from '../texts.ts'
import { useMayManage } from './team-rights.ts'

export type Membership = Answer<'teams.get'>['memberships'][number]

const sinceEver = '0001-01-01'
const untilFurtherNotice = '9999-12-31'

/** What stands in the first column: the teams of a seller, or the people of a team. */
export type MembershipsOf = 'seller' | 'team'

export function Memberships(props: { rows: readonly Membership[]; of: MembershipsOf }) {
  const { rows, of } = props
  const t = useTexts(teamTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const today = useOrganisationDay() ?? untilFurtherNotice
  const who = (row: Membership) => row.seller?.name ?? row.person?.name ?? t('not_known')
  const nameOf = (row: Membership) => (of === 'seller' ? row.team.name : who(row))
  const columns: Column<Membership>[] = [
    { id: 'name', head: of === 'seller' ? t('team') : t('who'), main: true, cell: nameOf },
    {
      id: 'from',
      head: t('from'),
      cell: (row) => (row.validFrom === sinceEver ? t('since_ever') : format.date(row.validFrom)),
    },
    {
      id: 'until',
      head: t('until'),
      keep: true,
      cell: (row) => (
        <>
          {row.validUntil === untilFurtherNotice
            ? t('further_notice')
            : format.date(dayBefore(row.validUntil))}
          {mayManage && row.validUntil > today && (
            <span className="k-no-print">
              {' · '}
              <button
                type="button"
                className="k-link"
                aria-label={t('end_title', { name: who(row), team: row.team.name })}
                onClick={() => setSearch({ membership: `end:${row.team.id}:${row.id}` })}
              >
                {t('end')}
              </button>
            </span>
          )}
        </>
      ),
    },
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
