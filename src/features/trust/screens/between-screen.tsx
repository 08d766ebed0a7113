// What changed between two days: revenue then and now, by month with its reasons, and every change.
import { ScreenLink, useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { asOfIn, asOfName } from '../../../web/as-of.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chips } from '../../../web/ui/chip.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty, Loading } from '../../../web/ui/states.tsx'
import { PeriodChip } from '../../results/screens/period-chip.tsx'
import { betweenTexts } from '../texts-between.ts'
import { BetweenChanges } from './between-changes.tsx'
import { quickDay } from './between-days.ts'
import { BetweenMonths } from './between-months.tsx'
import { DoneTable, PeopleTable, RowsTable } from './between-sides.tsx'
import { DayChip } from './day-chip.tsx'
import '../../results/screens/results.css'
import './between.css'

type Between = Answer<'trust.between'>

export function BetweenScreen() {
  const today = useOrganisationDay()
  return today === undefined ? <Loading shape="page" /> : <Asked today={today} />
}

/** The days in the address; without them from the end of last month to now, or to the day looked back at. */
function useDays(today: string) {
  const search = useSearch()
  const later = asOfIn(search) ?? asOfIn({ [asOfName]: search.later ?? '' }) ?? today
  const asked = asOfIn({ [asOfName]: search.earlier ?? '' })
  return { earlier: asked ?? quickDay('last_month', later), later, period: search.period }
}

function Asked(props: { today: string }) {
  const { today } = props
  const t = useTexts(betweenTexts)
  const { earlier, later, period } = useDays(today)
  const setSearch = useSetSearch()
  const go = useGo()
  const input = {
    earlier,
    ...(later === today ? {} : { later }),
    ...(period === undefined ? {} : { period }),
  }
  const between = useOperation('trust.between', input)
  const words = useBetweenWords(today)
  const { data } = between
  return (
    <Page
      finding={data ? words.finding(data) : t('title')}
      note={data ? words.note(data) : t('note')}
      chips={
        <Chips>
          <DayChip
            key={`earlier ${earlier}`}
            which="earlier"
            day={earlier}
            today={today}
            fits={(day) => day < later}
            onChoose={(day) => setSearch({ earlier: day })}
          />
          <DayChip
            key={`later ${later}`}
            which="later"
            day={later}
            today={today}
            fits={(day) => day > earlier}
            onChoose={(day) =>
              setSearch({ later: day === today ? undefined : day, [asOfName]: undefined })
            }
          />
          <PeriodChip
            shown={data?.period ? { ...data.period, byDefault: false } : undefined}
            onChoose={(chosen) => setSearch({ period: chosen })}
            all={t('all_sales')}
          />
        </Chips>
      }
      actions={<ScreenLink to="changes">{t('all_changes')}</ScreenLink>}
    >
      <Answered
        query={between}
        shape="page"
        empty={(found) =>
          found.changes === 0 ? (
            <Empty
              kind="nothing-for-filter"
              title={t('nothing')}
              text={t('nothing_text')}
              action={{ label: t('all_changes'), run: () => go('changes') }}
            />
          ) : undefined
        }
      >
        {(found) => (
          <div className="results-stack">
            <BetweenMonths data={found} today={today} />
            <div className="between-sides">
              <DoneTable data={found} />
              <PeopleTable data={found} />
              <RowsTable data={found} />
            </div>
            <BetweenChanges input={input} currency={found.currency} />
          </div>
        )}
      </Answered>
    </Page>
  )
}

const imports = new Set(['imports.apply'])
const undos = new Set(['changes.undo', 'imports.undo'])

/** The page's first sentence and what it rests on. */
function useBetweenWords(today: string) {
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const dayWords = (day: string) =>
    day === today ? t('today') : t('on_day', { date: format.date(day) })
  const what = ({ operations }: Between) => {
    const count = (fits: (operation: string) => boolean) =>
      operations.reduce((sum, one) => (fits(one.operation) ? sum + one.changes : sum), 0)
    const counts = [
      ['imports', count((one) => imports.has(one))],
      ['edits', count((one) => !imports.has(one) && !undos.has(one))],
      ['undos', count((one) => undos.has(one))],
    ] as const
    return format.list(counts.flatMap(([name, n]) => (n > 0 ? [t(name, { count: n })] : [])))
  }
  return {
    finding: (data: Between) => {
      const { revenue, currency, period } = data
      const [earlier, later] = [dayWords(data.earlier.day), dayWords(data.later.day)]
      if (data.changes === 0) return t('finding_none', { earlier, later })
      const words = {
        earlier,
        later,
        date: format.date(data.earlier.day),
        what: what(data),
        revenue: period ? t('revenue_of', { period: format.period(period) }) : t('revenue'),
        amount: format.money(Math.abs(revenue.difference), currency, {
          digits: 'whole',
          currency: true,
        }),
      }
      if (revenue.difference === 0) return t('finding_same', words)
      if (data.earlier.revision === 0 && revenue.difference > 0) return t('finding_first', words)
      return t(revenue.difference > 0 ? 'finding_up' : 'finding_down', words)
    },
    note: (data: Between) => {
      const { told, unrated } = data.revenue
      const date = format.date(data.earlier.day)
      const amount = format.money(told.difference, data.currency, {
        digits: 'whole',
        currency: true,
        signed: true,
      })
      const toldWords =
        told.difference === 0 ? t('note_told_same', { date }) : t('note_told', { amount, date })
      return [
        ...(data.earlier.revision === 0 ? [t('note')] : [toldWords]),
        ...(unrated.later > 0 ? [t('note_unrated', { count: unrated.later })] : []),
      ].join(' ')
    },
  }
}
