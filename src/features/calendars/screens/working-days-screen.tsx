// Working days of a month or year, of the organisation, a team or a seller, and what makes them fewer.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import type { Translate } from '../../../web/translator.ts'
import { Chips } from '../../../web/ui/chip.tsx'
import { Page, Split } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { calendarsTexts } from '../texts.ts'
import { CalendarDrawer } from './calendar-drawer.tsx'
import { type Days, type Exception, exceptionsOn, Legend } from './day-marks.tsx'
import { DayOffDrawer } from './day-off-drawer.tsx'
import { EntriesSection, HoldsSection, UnusualSection } from './holds-panel.tsx'
import { monthDays, monthLater, monthName } from './month-grid.ts'
import { MonthView } from './month-view.tsx'
import { useWhose, WhoseChip } from './whose-chip.tsx'
import { YearView } from './year-view.tsx'
import './calendars.css'

const isMonth = (text: string | undefined): text is string =>
  text !== undefined && /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text)

export function WorkingDaysScreen() {
  const facts = useOrganisation().data
  const today = useOrganisationDay()
  // What is asked depends on who asks and which day it is.
  if (!facts || today === undefined) return null
  return <WorkingDays today={today} weekStart={facts.settings.weekStart} />
}

function WorkingDays({ today, weekStart }: { today: string; weekStart: 1 | 7 }) {
  const t = useTexts(calendarsTexts)
  const language = useLanguage()
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const whose = useWhose()
  const view = search.view === 'year' ? 'year' : 'month'
  const month = isMonth(search.month) ? search.month : today.slice(0, 7)
  const year = month.slice(0, 4)
  const range =
    view === 'month'
      ? monthDays(month)
      : { from: `${year}-01-01`, until: `${Number(year) + 1}-01-01` }
  const query = useOperation('calendars.days', { ...whose.input, ...range })
  const days = query.data
  // What opens is filled once: with the answer about this calendar, never with the one before.
  const current = query.isStale ? undefined : days
  const goToMonth = (wanted: string) => {
    if (isMonth(wanted)) setSearch({ month: wanted }, { replace: true })
  }
  const step = view === 'month' ? 1 : 12
  const name = view === 'month' ? monthName(language, month) : year
  const addOff = days?.may.addExceptions ? () => setSearch({ off: 'new' }) : undefined
  return (
    <Page
      finding={days ? findingOf(t, days, { view, month, language, format }) : name}
      note={days && noteOf(t, days, language)}
      actions={addOff && <Button onClick={addOff}>{t('add')}</Button>}
      chips={
        <Chips>
          <WhoseChip whose={whose} />
        </Chips>
      }
    >
      <Answered query={query} shape="page">
        {(told) => (
          <Split
            main={
              <>
                <div className="workdays-bar">
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t(`earlier_${view}`)}
                    onClick={() => goToMonth(monthLater(month, -step))}
                  >
                    ‹
                  </Button>
                  <span className="workdays-which" aria-live="polite">
                    {name}
                  </span>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t(`later_${view}`)}
                    onClick={() => goToMonth(monthLater(month, step))}
                  >
                    ›
                  </Button>
                  {told.left === null && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => setSearch({ month: undefined }, { replace: true })}
                    >
                      {t('to_today')}
                    </Button>
                  )}
                  <Pills
                    label={t('view')}
                    value={view}
                    options={(['month', 'year'] as const).map((value) => ({
                      value,
                      label: t(value),
                    }))}
                    onChange={(value) =>
                      setSearch({ view: value === 'year' ? 'year' : undefined, month })
                    }
                  />
                </div>
                {view === 'month' ? (
                  <MonthView
                    month={month}
                    days={told}
                    weekStart={weekStart}
                    goToMonth={goToMonth}
                    {...(told.may.addExceptions
                      ? { open: (day: string) => setSearch(offSearch(told, day)) }
                      : {})}
                  />
                ) : (
                  <YearView
                    days={told}
                    weekStart={weekStart}
                    openMonth={(opened) => setSearch({ view: undefined, month: opened })}
                  />
                )}
                <Legend small={view === 'year'} />
              </>
            }
            side={
              <div className="workdays-side">
                <UnusualSection
                  days={told}
                  year={view === 'year'}
                  change={(one) => setSearch({ off: one.id })}
                />
                <HoldsSection days={told} set={() => setSearch({ calendar: '1' })} />
                <EntriesSection days={told} whose={whose.input} />
              </div>
            }
          />
        )}
      </Answered>
      {current && search.off !== undefined && current.may.addExceptions && (
        <OffDrawer
          key={`${whose.value} ${search.off}`}
          days={current}
          whose={whose.input}
          off={search.off}
          day={search.day}
          close={() => setSearch({ off: undefined, day: undefined })}
        />
      )}
      {current && search.calendar !== undefined && current.may.setCalendar && (
        <CalendarDrawer
          key={whose.value}
          whose={whose.input}
          days={current}
          close={() => setSearch({ calendar: undefined })}
        />
      )}
    </Page>
  )
}

/** Enter on a day changes the day off that is there, or begins one. */
function offSearch(days: Days, day: string): Record<string, string> {
  const told = days.rows.find((row) => row.day === day)
  const own = told && exceptionsOn(days, told).find((one) => one.owner.id === days.owner.id)
  return own?.mine ? { off: own.id } : { off: 'new', day }
}

function OffDrawer(props: {
  days: Days
  whose: { teamId?: string; sellerId?: string }
  off: string
  day: string | undefined
  close: () => void
}) {
  const { days, whose, off, day, close } = props
  // Kept while it is changed: an answer that comes anew must not empty the form.
  const [exception] = useState<Exception | undefined>(
    days.exceptions.find(({ id, mine }) => id === off && mine),
  )
  if (off !== 'new' && !exception) return null
  return (
    <DayOffDrawer
      whose={whose}
      name={exception?.owner.name ?? days.owner.name}
      today={days.today}
      {...(exception ? { exception } : {})}
      day={day}
      close={close}
    />
  )
}

/** What the finding rests on: the place whose holidays are taken off, or that there is none. */
function noteOf(t: Translate<typeof calendarsTexts>, days: Days, language: 'en' | 'de'): string {
  const { rules, may, owner } = days
  if (!rules.place) return t(may.setCalendar ? 'place_none' : 'place_none_ask')
  return t('note', { name: owner.name, place: rules.place.name[language] })
}

function findingOf(
  t: Translate<typeof calendarsTexts>,
  days: Days,
  shown: {
    view: 'month' | 'year'
    month: string
    language: 'en' | 'de'
    format: ReturnType<typeof useFormat>
  },
): string {
  const { view, month, language, format } = shown
  const words = {
    days: t('days', { count: days.workingDays, shown: format.number(days.workingDays) }),
    month: monthName(language, month, !days.today.startsWith(month.slice(0, 4))),
    year: month.slice(0, 4),
  }
  return days.left === null
    ? t(`finding_${view}`, words)
    : t(`finding_${view}_left`, { ...words, left: format.number(days.left) })
}
