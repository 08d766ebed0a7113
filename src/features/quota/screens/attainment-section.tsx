// Attainment by period on the pages of results: of everybody, of one seller, or of one team.
import { ScreenLink, useSearch, useSetSearch } from '../../../web/address.tsx'
import { asOfIn } from '../../../web/as-of.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { quotaTexts } from '../texts.ts'
import { AttainmentBar, useAttainmentText } from './attainment-bar.tsx'
import { useQuotaAmount } from './quota-words.ts'
import './quota.css'

type Attainment = Answer<'quotas.attainment'>

/** Of everybody within reach unless a seller or a team is named; nothing where there are no quotas. */
export function AttainmentSection(props: { sellerId?: string; teamId?: string }) {
  const { sellerId, teamId } = props
  const t = useTexts(quotaTexts)
  const lang = useLanguage()
  const asOf = asOfIn(useSearch())
  const { data } = useOperation('quotas.attainment', {
    by: teamId === undefined ? 'seller' : 'team',
    lang,
    limit: 200,
    ...(sellerId === undefined ? {} : { sellerId }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(asOf === undefined ? {} : { asOf }),
  })
  const holder = sellerId ?? teamId
  const row = data?.rows.find((one) => one.holder.id === holder)
  if (!data || data.rows.length === 0 || (holder !== undefined && !row)) return null
  return (
    <Section
      title={t('card')}
      note={[data.name, ...data.filters.flatMap(({ cells }) => cells.map(({ name }) => name))].join(
        ' · ',
      )}
      actions={
        <ScreenLink to="quotas" search={waysOf(props)}>
          {t('card_all')}
        </ScreenLink>
      }
    >
      <ul className="quota-card">
        {data.periods.map((period, i) => (
          <li key={period.id}>
            {row ? (
              <OwnPeriod data={data} period={period} cell={row.cells[i] ?? null} />
            ) : (
              <PeriodTogether data={data} period={period} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function waysOf({ sellerId, teamId }: { sellerId?: string; teamId?: string }) {
  return {
    ...(sellerId === undefined ? {} : { seller: sellerId }),
    ...(teamId === undefined ? {} : { team: teamId, by: 'team' }),
  }
}

type Period = Attainment['periods'][number]

function OwnPeriod(props: {
  data: Attainment
  period: Period
  cell: Attainment['rows'][number]['cells'][number]
}) {
  const { data, period, cell } = props
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const text = useAttainmentText()
  const amount = useQuotaAmount(data)
  const setSearch = useSetSearch()
  if (!cell) return null
  const of = t('of_quota', { quota: amount(cell.amount) })
  return (
    <button
      type="button"
      className="quota-cell"
      data-reached={(cell.attainment.value ?? 0) >= 1 || undefined}
      onClick={() => setSearch({ quota: cell.quotaId })}
    >
      <span>{format.period(period)}</span>
      <span className="quota-cell-rate">{text(cell.attainment)}</span>
      <span className="quota-cell-of">
        <AttainmentBar attainment={cell.attainment} />
      </span>
      <span className="quota-cell-of">
        {cell.state === 'approved' ? of : `${of} · ${t(cell.state)}`}
      </span>
    </button>
  )
}

/** All quotas of a period together, and how many reached theirs. */
function PeriodTogether({ data, period }: { data: Attainment; period: Period }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const text = useAttainmentText()
  const amount = useQuotaAmount(data)
  const { standing, attainment, quota } = period
  return (
    <ScreenLink to="quotas" search={{ period: period.id }} className="quota-cell">
      <span>{format.period(period)}</span>
      <span className="quota-cell-rate">{attainment ? text(attainment) : ''}</span>
      <span className="quota-cell-of">
        {attainment && <AttainmentBar attainment={attainment} />}
      </span>
      <span className="quota-cell-of">
        {standing.n + standing.undefined === 0
          ? t('card_waiting')
          : `${t('of_quota', { quota: amount(quota) })} · ${t('card_people', {
              reached: format.count(standing.atOrAbove),
              n: format.count(standing.n),
            })}`}
      </span>
    </ScreenLink>
  )
}
