// The form of the organisation's settings; when somebody else was faster, both versions are shown.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLanguage, useTexts } from '../../../web/language.ts'
import type { OrganisationFacts } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { settingsTexts, startTexts } from '../texts-settings.ts'
import { currencyChoices, monthChoices, zoneChoices } from './start-values.ts'

interface Values {
  name: string
  zone: string
  baseCurrency: string
  month: string
  weekStart: '1' | '7'
  locale: 'en' | 'de'
}

function valuesOf(from: Readonly<Record<string, unknown>>): Values {
  return {
    name: String(from.name ?? ''),
    zone: String(from.zone ?? ''),
    baseCurrency: String(from.baseCurrency ?? ''),
    month: String(from.fiscalFirstMonth ?? 1),
    weekStart: from.weekStart === 7 ? '7' : '1',
    locale: from.locale === 'de' ? 'de' : 'en',
  }
}

export function OrganisationSection({ facts }: { facts: OrganisationFacts }) {
  const t = useTexts(settingsTexts)
  const start = useTexts(startTexts)
  const language = useLanguage()
  const client = useQueryClient()
  const [values, setValues] = useState(() => valuesOf(facts.settings))
  const [version, setVersion] = useState(facts.version)
  const edit = useChange('organisations.edit')
  const undo = useChange('changes.undo')
  const set =
    <Key extends keyof Values>(key: Key) =>
    (value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const months = monthChoices(language)
  const save = async (over = version) => {
    const { month, weekStart, ...others } = values
    const input = {
      ...others,
      fiscalFirstMonth: Number(month),
      weekStart: weekStart === '7' ? (7 as const) : (1 as const),
    }
    const before = valuesOf(facts.settings)
    const written = await edit.run(input, { version: over }).catch(() => undefined)
    if (!written) return
    setVersion(written.version)
    await client.invalidateQueries({ queryKey: [''] })
    toast.undo(t('saved'), async () => {
      await undo.run({ id: written.changeId })
      setValues(before)
      // Taking back is a version of its own.
      setVersion(written.version + 1)
    })
  }
  return (
    <Section title={t('organisation')}>
      <RecordConflict
        problem={edit.problem}
        mine={values}
        read={valuesOf}
        fields={[
          { key: 'name', label: t('name') },
          { key: 'baseCurrency', label: start('currency') },
          { key: 'zone', label: start('zone') },
          {
            key: 'month',
            label: start('year'),
            show: (value) => months[Number(value) - 1]?.label ?? '',
          },
          {
            key: 'weekStart',
            label: start('week'),
            show: (value) => start(value === '7' ? 'sunday' : 'monday'),
          },
          {
            key: 'locale',
            label: t('org_language'),
            show: (value) => t(value === 'de' ? 'german' : 'english'),
          },
        ]}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t('save')}
        onSubmit={() => save()}
        busy={edit.busy}
        problem={isConflict(edit.problem) ? undefined : edit.problem}
      >
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={set('name')}
          required
          maxLength={200}
        />
        <FieldRow>
          <PickField
            name="baseCurrency"
            label={start('currency')}
            hint={t('currency_hint')}
            required
            options={currencyChoices(language, values.baseCurrency)}
            value={values.baseCurrency}
            onChange={(value) => set('baseCurrency')(value ?? values.baseCurrency)}
          />
          <PickField
            name="zone"
            label={start('zone')}
            hint={start('zone_hint')}
            required
            options={zoneChoices(values.zone)}
            value={values.zone}
            onChange={(value) => set('zone')(value ?? values.zone)}
          />
        </FieldRow>
        <FieldRow>
          <ChoiceField
            name="fiscalFirstMonth"
            label={start('year')}
            required
            options={months}
            value={values.month}
            onChange={set('month')}
          />
          <ChoiceField
            name="locale"
            label={t('org_language')}
            hint={t('org_language_hint')}
            required
            options={[
              { value: 'en', label: t('english') },
              { value: 'de', label: t('german') },
            ]}
            value={values.locale}
            onChange={(value) => set('locale')(value === 'de' ? 'de' : 'en')}
          />
        </FieldRow>
        <Pills
          label={start('week')}
          labelled
          value={values.weekStart}
          options={[
            { value: '1', label: start('monday') },
            { value: '7', label: start('sunday') },
          ]}
          onChange={set('weekStart')}
        />
      </Form>
    </Section>
  )
}
