// A month as a grid: walked by arrows, a day off entered by Enter, every day told in words.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { daysAfter } from '../../../web/format-period.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { calendarsTexts } from '../texts.ts'
import { type Days, exceptionsOn, markOf, Sign, useDayWords } from './day-marks.tsx'
import { monthLater, monthName, sameDayIn, weekdayNames, weeksOf } from './month-grid.ts'

interface MonthViewProps {
  month: string
  days: Days
  weekStart: 1 | 7
  /** Opens the way to change a day; absent where nothing may be changed. */
  open?: (day: string) => void
  goToMonth: (month: string) => void
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
}

/** Where a key leads from a day; undefined: it is none of ours. */
function target(key: string, day: string): string | undefined {
  const step = steps[key]
  if (step !== undefined) return daysAfter(day, step)
  const month = day.slice(0, 7)
  if (key === 'PageUp') return sameDayIn(monthLater(month, -1), day)
  if (key === 'PageDown') return sameDayIn(monthLater(month, 1), day)
  if (key === 'Home') return `${month}-01`
  if (key === 'End') return daysAfter(`${monthLater(month, 1)}-01`, -1)
  return undefined
}

export function MonthView({ month, days, weekStart, open, goToMonth }: MonthViewProps) {
  const t = useTexts(calendarsTexts)
  const language = useLanguage()
  const words = useDayWords(days)
  const frame = useRef<HTMLTableElement>(null)
  const first = days.today.startsWith(month) ? days.today : `${month}-01`
  const [at, setAt] = useState(first)
  const here = at.startsWith(month) ? at : first
  const walking = useRef(false)
  const byDay = new Map(days.rows.map((row) => [row.day, row]))

  // The day walked to may stand in a month that is only now shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves with the day and the month.
  useEffect(() => {
    if (!walking.current) return
    const cell = frame.current?.querySelector<HTMLElement>(`[data-day="${here}"]`)
    if (!cell) return
    walking.current = false
    cell.focus()
  }, [here, days])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = target(event.key, here)
    if (next === undefined) return
    event.preventDefault()
    walking.current = true
    setAt(next)
    if (!next.startsWith(month)) goToMonth(next.slice(0, 7))
  }
  return (
    <>
      <p className="k-hidden" id="workdays-keys">
        {t('keys_note')} {open && t('keys_note_add')}
      </p>
      {/* Arrows walk the days, as in every calendar one can choose from. */}
      <table
        className="workdays-month"
        ref={frame}
        aria-label={t('grid', { month: monthName(language, month) })}
        aria-describedby="workdays-keys"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {weekdayNames(language, weekStart, 'short').map(({ index, name }) => (
              <th key={index} scope="col">
                {name}
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
                const mark = markOf(told, exceptionsOn(days, told))
                return (
                  <td key={told.day} data-mark={mark}>
                    <button
                      type="button"
                      className="workdays-day"
                      data-day={told.day}
                      data-today={told.day === days.today || undefined}
                      tabIndex={told.day === here ? 0 : -1}
                      aria-label={said}
                      aria-current={told.day === days.today ? 'date' : undefined}
                      aria-disabled={open === undefined || undefined}
                      title={name || undefined}
                      onFocus={() => setAt(told.day)}
                      onClick={() => open?.(told.day)}
                    >
                      <span className="workdays-number">
                        {Number(told.day.slice(8))}
                        <Sign mark={mark} />
                      </span>
                      <span className="workdays-name">{name}</span>
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
