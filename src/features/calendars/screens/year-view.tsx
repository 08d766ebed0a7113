// A year at a glance: twelve small months with what each adds up to; a month opens by its name.
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { calendarsTexts } from '../texts.ts'
import { type Days, exceptionsOn, markOf, useDayWords } from './day-marks.tsx'
import { monthName, weekdayNames, weeksOf } from './month-grid.ts'

interface YearViewProps {
  days: Days
  weekStart: 1 | 7
  openMonth: (month: string) => void
}

export function YearView({ days, weekStart, openMonth }: YearViewProps) {
  const language = useLanguage()
  const format = useFormat()
  const t = useTexts(calendarsTexts)
  const words = useDayWords(days)
  const byDay = new Map(days.rows.map((row) => [row.day, row]))
  const weekdays = weekdayNames(language, weekStart, 'long')
  return (
    <div className="workdays-year">
      {days.months.map(({ month, workingDays }) => (
        <section key={month}>
          <h2>
            <button type="button" className="workdays-open" onClick={() => openMonth(month)}>
              {monthName(language, month, false)}
            </button>
            <span className="k-muted">
              {t('days', { count: workingDays, shown: format.number(workingDays) })}
            </span>
          </h2>
          <table className="workdays-small" aria-label={monthName(language, month)}>
            <thead>
              <tr>
                {weekdays.map(({ index, name }) => (
                  <th key={index} scope="col">
                    <span className="k-hidden">{name}</span>
                    <span aria-hidden="true">{name.slice(0, 1)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(month, weekStart).map((week) => (
                <tr key={week.find(Boolean)}>
                  {week.map((day, i) => {
                    const told = day === undefined ? undefined : byDay.get(day)
                    // biome-ignore lint/suspicious/noArrayIndexKey: empty places have no other name.
                    if (!told) return <td key={i} />
                    const { name, said } = words(told)
                    return (
                      <td
                        key={told.day}
                        className="workdays-tiny"
                        data-mark={markOf(told, exceptionsOn(days, told))}
                        data-today={told.day === days.today || undefined}
                        title={name || undefined}
                      >
                        <span aria-hidden="true">{Number(told.day.slice(8))}</span>
                        <span className="k-hidden">{said}</span>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  )
}
