// What a day is, told by a sign as well as by its ground: holiday, day off, part of a day, worked all the same.
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import type { Translate } from '../../../web/translator.ts'
import { calendarsTexts } from '../texts.ts'

export type Days = Answer<'calendars.days'>
export type Day = Days['rows'][number]
export type Exception = Days['exceptions'][number]

const marks = ['holiday', 'off', 'part', 'works', 'free', 'work'] as const
export type Mark = (typeof marks)[number]

/** The one sign of a day; a holiday that is worked is told as worked. */
export function markOf(day: Day, exceptions: readonly Exception[]): Mark {
  if (day.share > 0 && exceptions.some(({ kind }) => kind === 'works')) return 'works'
  if (day.holiday) return 'holiday'
  // A day off on a free day takes nothing away.
  if (day.usual > 0 && exceptions.some(({ kind }) => kind === 'off'))
    return day.share > 0 ? 'part' : 'off'
  if (day.usual === 0) return 'free'
  return day.share < 1 ? 'part' : 'work'
}

export function exceptionsOn(days: Days, day: Day): Exception[] {
  return days.exceptions.filter(({ id }) => day.exceptions.includes(id))
}

/** The sign alone; words stand beside it or in the label of the day. */
export function Sign({ mark }: { mark: Mark }) {
  if (mark === 'work' || mark === 'free') return null
  return (
    <svg
      className="workdays-sign"
      data-mark={mark}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
    >
      {mark === 'holiday' && <path d="M6 1l5 5-5 5-5-5z" />}
      {mark === 'off' && <circle cx="6" cy="6" r="4.2" className="workdays-ring" />}
      {mark === 'part' && (
        <>
          <circle cx="6" cy="6" r="4.2" className="workdays-ring" />
          <path d="M6 1.8a4.2 4.2 0 0 1 0 8.400z" />
        </>
      )}
      {mark === 'works' && (
        <path d="M1.500 6.500 4.500 9.500 10.500 2.500" className="workdays-ring" />
      )}
    </svg>
  )
}

/** `small`: as days of the year are marked, where there is no room for signs. */
export function Legend({ small }: { small: boolean }) {
  const t = useTexts(calendarsTexts)
  return (
    <ul className="workdays-legend" aria-label={t('legend')}>
      {(['free', 'holiday', 'off', 'part', 'works'] as const).map((mark) => (
        <li key={mark}>
          <span
            className={small ? 'workdays-tiny' : 'workdays-sample'}
            data-mark={mark}
            aria-hidden="true"
          >
            {small ? <span>7</span> : <Sign mark={mark} />}
          </span>
          {t(`mark_${mark}`)}
        </li>
      ))}
    </ul>
  )
}

type T = Translate<typeof calendarsTexts>

/** Reason of an exception, or what it does in plain words. */
export function exceptionWords(t: T, one: Exception, percent: (share: number) => string): string {
  if (one.reason) return one.reason
  if (one.kind === 'works') return t('works_plain')
  return one.share < 1 ? t('off_part', { share: percent(one.share) }) : t('off_plain')
}

/** What a day is called: holiday and reasons, shortest first thing first. */
export function useDayWords(days: Days): (day: Day) => { name: string; said: string } {
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  return (day) => {
    const held = exceptionsOn(days, day)
    const names = [
      ...(day.holiday ? [day.holiday[language]] : []),
      ...held.map((one) => exceptionWords(t, one, format.rate)),
    ]
    const counts =
      day.share === 0
        ? t('day_free')
        : day.share < 1
          ? t('day_part', { share: format.rate(day.share) })
          : t('day_work')
    return {
      name: names.join(', '),
      said: [format.date(day.day), ...names, counts].join(', '),
    }
  }
}
