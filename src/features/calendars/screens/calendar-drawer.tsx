// What a calendar says from a day on: country with its holidays at once, working week, business hours.
import { useState } from 'react'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer, DrawerPart } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, SwitchField, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { calendarsTexts } from '../texts.ts'
import {
  type CalendarValues,
  type DayValues,
  type Entry,
  entryOn,
  faultOf,
  inputOf,
  valuesOf,
} from './calendar-values.ts'
import type { Days } from './day-marks.tsx'
import { weekdayNames } from './month-grid.ts'

interface CalendarDrawerProps {
  whose: { teamId?: string; sellerId?: string }
  days: Days
  close: () => void
}

export function CalendarDrawer(props: CalendarDrawerProps) {
  const { whose, days, close } = props
  const t = useTexts(calendarsTexts)
  const { owner } = days
  const list = useOperation('calendars.list', whose)
  const entries = list.data?.rows.filter((row) => row.owner.id === owner.id)
  return (
    <Drawer
      title={t('calendar_title', { name: owner.name })}
      note={t(owner.kind === 'organisation' ? 'calendar_note_own' : 'calendar_note')}
      close={close}
      print={false}
    >
      <Answered query={list} shape="panel">
        {() => <CalendarForm whose={whose} days={days} entries={entries ?? []} close={close} />}
      </Answered>
    </Drawer>
  )
}

function CalendarForm(props: CalendarDrawerProps & { entries: readonly Entry[] }) {
  const { whose, days, entries, close } = props
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  const organisation = days.owner.kind === 'organisation'
  const [values, setValues] = useState(() =>
    valuesOf(entryOn(entries, days.today), days.rules, organisation),
  )
  const set = useChange('calendars.set')
  const undo = useChange('changes.undo')
  const change = (part: Partial<CalendarValues>) => setValues((now) => ({ ...now, ...part }))
  const changeDay = (at: number, part: Partial<DayValues>) =>
    change({ days: values.days.map((day, i) => (i === at ? { ...day, ...part } : day)) })
  const there = entries.find((entry) => entry.from === (values.from ?? '0001-01-01'))
  const wrong = values.days.flatMap((day, i) => {
    const fault = faultOf(day)
    const counts = fault === 'share' ? values.ownWeekdays : values.ownHours
    return fault && counts ? [[`${fault}${i}`, t(`${fault}_wrong`)] as const] : []
  })
  const save = async () => {
    if (wrong.length > 0) return
    const written = await set
      .run({ ...whose, ...inputOf(values) }, there ? { version: there.version } : {})
      .catch(() => undefined)
    if (!written) return
    const since = values.from ? t('since', { day: format.date(values.from) }) : t('ever')
    toast.undo(t('calendar_set', { name: days.owner.name, since }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  return (
    <Form
      submitLabel={t('save')}
      onSubmit={save}
      busy={set.busy}
      problem={set.problem}
      errors={Object.fromEntries(wrong)}
      cancel={close}
    >
      <PlaceFields values={values} change={change} organisation={organisation} today={days.today} />
      {!organisation && (
        <SwitchField
          name="ownWeekdays"
          label={t('own_weekdays')}
          value={values.ownWeekdays}
          onChange={(ownWeekdays) => change({ ownWeekdays })}
        />
      )}
      {!organisation && (
        <SwitchField
          name="ownHours"
          label={t('own_hours')}
          value={values.ownHours}
          onChange={(ownHours) => change({ ownHours })}
        />
      )}
      {(values.ownWeekdays || values.ownHours) && (
        <div className="workdays-week">
          {weekdayNames(language, 1, 'long').map(({ index, name }) => {
            const day = values.days[index] ?? { percent: 0, opens: '', closes: '' }
            return (
              <fieldset key={index}>
                <legend>{name}</legend>
                {values.ownWeekdays && (
                  <NumberField
                    name={`share${index}`}
                    label={t('share')}
                    unit="%"
                    value={day.percent}
                    onChange={(percent) => changeDay(index, { percent })}
                  />
                )}
                {values.ownHours && (
                  <>
                    <TextField
                      name={`time${index}`}
                      label={t('opens')}
                      placeholder={t('closed')}
                      value={day.opens}
                      onChange={(opens) => changeDay(index, { opens })}
                      maxLength={5}
                    />
                    <TextField
                      name={`until${index}`}
                      label={t('closes')}
                      value={day.closes}
                      onChange={(closes) => changeDay(index, { closes })}
                      maxLength={5}
                    />
                  </>
                )}
              </fieldset>
            )
          })}
        </div>
      )}
      <DateField
        name="from"
        label={t('from')}
        hint={t('from_hint')}
        today={days.today}
        value={values.from}
        onChange={(from) => change({ from })}
      />
    </Form>
  )
}

interface PlaceFieldsProps {
  values: CalendarValues
  change: (part: Partial<CalendarValues>) => void
  organisation: boolean
  today: string
}

function PlaceFields({ values, change, organisation, today }: PlaceFieldsProps) {
  const t = useTexts(calendarsTexts)
  const language = useLanguage()
  const { country, region, subregion } = values
  const places = useOperation('calendars.places', {
    language,
    ...(country === undefined ? {} : { country }),
    ...(region === '' ? {} : { region }),
  }).data
  const options = (codes: readonly { code: string; name: string }[] = []) =>
    codes.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <>
      {!organisation && (
        <SwitchField
          name="ownPlace"
          label={t('own_place')}
          value={values.ownPlace}
          onChange={(ownPlace) => change({ ownPlace })}
        />
      )}
      {values.ownPlace && places && (
        <>
          <PickField
            name="place"
            label={t('country')}
            hint={t('country_hint')}
            value={country}
            onChange={(chosen) => change({ country: chosen, region: '', subregion: '' })}
            options={options(places.countries)}
            autoFocus
          />
          <FieldRow>
            {country !== undefined && places.regions.length > 0 && (
              <ChoiceField
                name="region"
                label={t('region')}
                value={region}
                onChange={(chosen) => change({ region: chosen, subregion: '' })}
                options={options(places.regions)}
                empty={t('region_all')}
              />
            )}
            {region !== '' && places.subregions.length > 0 && (
              <ChoiceField
                name="subregion"
                label={t('subregion')}
                value={subregion}
                onChange={(chosen) => change({ subregion: chosen })}
                options={options(places.subregions)}
                empty={t('subregion_all')}
              />
            )}
          </FieldRow>
          {country !== undefined && (
            <Preview
              place={{
                country,
                ...(region === '' ? {} : { region }),
                ...(region === '' || subregion === '' ? {} : { subregion }),
              }}
              year={Number(today.slice(0, 4))}
            />
          )}
        </>
      )}
    </>
  )
}

/** What choosing this place means, before it is chosen. */
function Preview(props: {
  place: { country: string; region?: string; subregion?: string }
  year: number
}) {
  const { place, year } = props
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const language = useLanguage()
  const holidays = useOperation('calendars.holidays', { ...place, year })
  const rows = holidays.data?.rows ?? []
  return (
    <DrawerPart title={t('preview', { count: rows.length, year: String(year) })}>
      <Answered query={holidays} shape="panel">
        {() => (
          <ul className="workdays-list" aria-live="polite">
            {rows.map(({ day, name }) => (
              <li key={day}>
                <span className="workdays-when">{format.shortDate(day)}</span>
                <span>{name[language]}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <p className="workdays-hint">{t('preview_note')}</p>
    </DrawerPart>
  )
}
