// The first rows behind a figure, with the ways to all of them.
import { ScreenLink } from '../../../web/address.tsx'
import { dayBefore } from '../../../web/format-period.ts'
import { useTexts } from '../../../web/language.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useExport } from '../../../web/ui/export-menu.tsx'
import { resultsTexts } from '../texts.ts'
import { useBriefFactColumns, useFactName } from './fact-columns.tsx'
import { type RowsInput, rowsInAddress } from './selection.ts'
import type { Why } from './why-drawer.tsx'

const firstRows = 5

export function WhyRows(props: { data: Why; input: RowsInput }) {
  const { data, input } = props
  const t = useTexts(resultsTexts)
  const { from, until } = data.period
  const columns = useBriefFactColumns(
    data.metric,
    from.slice(0, 4) !== dayBefore(until).slice(0, 4),
  )
  const nameOf = useFactName()
  const exporting = useExport({ table: 'facts', filter: { ...input } })
  if (data.total === 0) return <p className="results-pop-none">{t('rows_none')}</p>
  const rows = data.rows.slice(0, firstRows)
  return (
    <div className="results-drawer-table">
      <DataTable
        caption={t('rows')}
        rows={rows}
        columns={columns}
        rowId={(fact) => fact.id}
        rowLabel={nameOf}
        rowLink={(fact) => (fact.dealId === null ? undefined : { to: `deals/${fact.dealId}` })}
      />
      <p className="k-more">
        {t('rows_of', { shown: rows.length, count: data.total })}
        <span className="k-no-print">
          {' · '}
          <ScreenLink to="rows" search={rowsInAddress(input)}>
            {t('show_all')}
          </ScreenLink>
          {' · '}
          <button
            type="button"
            className="k-link"
            disabled={exporting.bytes !== undefined}
            onClick={() => exporting.run('csv')}
          >
            {exporting.bytes !== undefined ? t('exporting') : t('export')}
          </button>
        </span>
      </p>
    </div>
  )
}
