// Beside the grid: what holds and who has set it, days that are not as usual, entries of the calendar.
import { Button } from '@mantine/core'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { calendarsTexts } from '../texts.ts'
import { type Entry, shownFrom } from './calendar-values.ts'
import { type Days, type Exception, exceptionWords } from './day-marks.tsx'
import { shortSpan, weekdayNames } from './month-grid.ts'
import { hoursWords, weekWords } from './week-words.ts'

export type WhoseInput = { teamId?: string; sellerId?: string }

/** Place, week and hours with whose calendar says them. */
export function HoldsSection({ days, set }: { days: Days; set: () => void }) {
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const rules = useRuleWords()
  const shown = days.left === null ? days.from : days.today
  return (
    <Section
      title={t('holds')}
      note={t('holds_note', { day: format.date(shown) })}
      actions={
        days.may.setCalendar ? (
          <Button variant="default" size="compact-sm" onClick={set}>
            {t('set_calendar')}
          </Button>
        ) : undefined
      }
    >
      <DetailList rows={rules(days)} />
    </Section>
  )
}

/** The three parts of a calendar as rows. */
export function useRuleWords() {
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  const zone = useOrganisation().data?.settings.zone.replaceAll('_', ' ') ?? ''
  const weekdays = weekdayNames(language, 1, 'short')
  const whose = (owner: { name: string } | null) =>
    owner ? t('from_owner', { name: owner.name }) : t('from_usual')
  return ({ rules, may }: Pick<Days, 'rules' | 'may'>) => [
    {
      label: t('place'),
      value: rules.place ? (
        <Told words={rules.place.name[language]} note={whose(rules.place.owner)} />
      ) : (
        t(may.setCalendar ? 'place_none' : 'place_none_ask')
      ),
    },
    {
      label: t('weekdays'),
      value: (
        <Told
          words={weekWords(rules.weekdays.value, weekdays, format.rate)}
          note={whose(rules.weekdays.owner)}
        />
      ),
    },
    {
      label: t('hours'),
      value: (
        <Told
          words={hoursWords(rules.hours.value, weekdays) || t('closed')}
          note={`${t('hours_zone', { zone })}; ${whose(rules.hours.owner)}`}
        />
      ),
    },
  ]
}

function Told({ words, note }: { words: string; note: string }) {
  return (
    <>
      {words}
      <span className="workdays-whose">{note}</span>
    </>
  )
}

/** Public holidays and exceptions of what is shown, in order of their days. */
export function UnusualSection(props: {
  days: Days
  year: boolean
  change: (exception: Exception) => void
}) {
  const { days, year, change } = props
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  const rows = [
    ...days.rows.flatMap(({ day, holiday }) =>
      holiday ? [{ key: day, from: day, name: holiday[language], exception: undefined }] : [],
    ),
    ...days.exceptions.map((one) => ({
      key: one.id,
      from: one.from,
      name: exceptionWords(t, one, format.rate),
      exception: one,
    })),
  ].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return (
    <Section title={t('unusual')}>
      {rows.length === 0 ? (
        <p className="workdays-hint">{t(year ? 'unusual_none_year' : 'unusual_none')}</p>
      ) : (
        <ul className="workdays-list">
          {rows.map(({ key, from, name, exception }) => (
            <li key={key}>
              <span className="workdays-when">
                {exception
                  ? shortSpan(language, exception, days.from.slice(0, 4))
                  : format.shortDate(from)}
              </span>
              <span>
                {name}
                {exception && exception.owner.id !== days.owner.id && (
                  <span className="workdays-whose">
                    {t('from_owner', { name: exception.owner.name })}
                  </span>
                )}
              </span>
              {exception?.mine && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('change_of', { name })}
                  onClick={() => change(exception)}
                >
                  {t('change')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** What the calendar says from when on, where it says more than one thing. */
export function EntriesSection({ days, whose }: { days: Days; whose: WhoseInput }) {
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const list = useOperation('calendars.list', whose)
  const rows = (list.data?.rows ?? []).filter(({ owner }) => owner.id === days.owner.id)
  if (rows.length === 0) return null
  return (
    <Section title={t('entries')} note={t('entries_note')}>
      <ul className="workdays-list">
        {rows.map((entry) => {
          const from = shownFrom(entry.from)
          const since = from ? t('since', { day: format.date(from) }) : t('ever')
          return <EntryLine key={entry.id} entry={entry} since={since} may={days.may.setCalendar} />
        })}
      </ul>
    </Section>
  )
}

function EntryLine({ entry, since, may }: { entry: Entry; since: string; may: boolean }) {
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  const weekdays = weekdayNames(language, 1, 'short')
  const remove = useChange('calendars.remove')
  const undo = useChange('changes.undo')
  const { place, weekdays: week, hours } = entry
  const said = [
    ...(place ? [[place.country, place.region, place.subregion].filter(Boolean).join('-')] : []),
    ...(week ? [weekWords(week, weekdays, format.rate)] : []),
    ...(hours ? [hoursWords(hours, weekdays)] : []),
  ].filter((part) => part !== '')
  const take = () =>
    remove
      .run({ id: entry.id }, { version: entry.version })
      .then(({ changeId }) => toast.undo(t('entry_removed'), () => undo.run({ id: changeId })))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <li>
      <span className="workdays-when">{since}</span>
      <span>{said.length > 0 ? said.join('; ') : t('as_above')}</span>
      {may && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={remove.busy}
          aria-label={t('remove_of', { name: since })}
          onClick={() => void take()}
        >
          {t('remove')}
        </Button>
      )}
    </li>
  )
}
