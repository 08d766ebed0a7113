// The first start: one page of questions with defaults, then three ways to begin.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { setLanguage, useLanguage, useTexts } from '../../../web/language.ts'
import { type OrganisationFacts, useOrganisation } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { LanguageSwitch } from '../../../web/ui/language-switch.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { startTexts } from '../texts-settings.ts'
import { StartOffers } from './start-offers.tsx'
import {
  assumedValues,
  currencyChoices,
  inputOfStart,
  monthChoices,
  type StartValues,
  zoneChoices,
} from './start-values.ts'
import './start.css'

export function StartScreen() {
  const organisation = useOrganisation()
  return (
    <Answered query={organisation} shape="page">
      {(facts) => (facts.setUp ? <StartOffers facts={facts} /> : <Questions facts={facts} />)}
    </Answered>
  )
}

function firstValues(facts: OrganisationFacts): StartValues {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || facts.settings.zone
  const assumed = assumedValues(navigator.language || 'en', zone)
  // Where the command line has imported already, amounts are reckoned in its currency.
  const currency = facts.counts.deals > 0 ? facts.settings.baseCurrency : assumed.currency
  return { name: '', person: '', seller: 'self', ...assumed, currency }
}

function Questions({ facts }: { facts: OrganisationFacts }) {
  const t = useTexts(startTexts)
  const language = useLanguage()
  const [values, setValues] = useState(() => firstValues(facts))
  const setUp = useChange('organisations.set-up')
  const set =
    <Key extends keyof StartValues>(key: Key) =>
    (value: StartValues[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const client = useQueryClient()
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => page.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [])
  const send = async () => {
    const done = await setUp.run(inputOfStart(values, language)).catch(() => undefined)
    if (!done) return
    // From now on this browser speaks what was chosen, whatever the system prefers.
    setLanguage(language)
    // The list of organisations says which of them are set up; it belongs to none of them.
    await client.invalidateQueries({ queryKey: [''] })
  }
  return (
    <div ref={page}>
      <Page finding={t('title')} note={t('note')}>
        <Form submitLabel={t('begin')} onSubmit={send} busy={setUp.busy} problem={setUp.problem}>
          <LanguageSwitch />
          <FieldRow>
            <TextField
              name="name"
              label={t('name')}
              hint={t('name_hint')}
              value={values.name}
              onChange={set('name')}
              required
              autoFocus
              maxLength={200}
              autoComplete="organization"
            />
            <TextField
              name="personName"
              label={t('person')}
              hint={t('person_hint')}
              placeholder={values.name}
              value={values.person}
              onChange={set('person')}
              maxLength={200}
              autoComplete="name"
            />
          </FieldRow>
          <SellerChoice value={values.seller} onChange={set('seller')} />
          <div className="start-part">
            <h2>{t('money_and_time')}</h2>
            <FieldRow>
              <PickField
                name="baseCurrency"
                label={t('currency')}
                hint={t('currency_hint')}
                required
                options={currencyChoices(language, values.currency)}
                value={values.currency}
                onChange={(value) => set('currency')(value ?? values.currency)}
              />
              <PickField
                name="zone"
                label={t('zone')}
                hint={t('zone_hint')}
                required
                options={zoneChoices(values.zone)}
                value={values.zone}
                onChange={(value) => set('zone')(value ?? values.zone)}
              />
            </FieldRow>
            <FieldRow>
              <ChoiceField
                name="fiscalFirstMonth"
                label={t('year')}
                required
                options={monthChoices(language)}
                value={values.month}
                onChange={set('month')}
              />
              <Pills
                label={t('week')}
                labelled
                value={values.weekStart}
                options={[
                  { value: '1', label: t('monday') },
                  { value: '7', label: t('sunday') },
                ]}
                onChange={set('weekStart')}
              />
            </FieldRow>
          </div>
        </Form>
      </Page>
    </div>
  )
}

/** Two answers are enough for most; a file imported before may bring sellers one can be. */
function SellerChoice(props: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(startTexts)
  const sellers = useOperation('sellers.list', { limit: 200 }).data?.rows ?? []
  const own = [
    { value: 'self', label: t('seller_self') },
    { value: 'none', label: t('seller_none') },
  ]
  if (sellers.length === 0) {
    return (
      <Pills
        label={t('seller')}
        labelled
        value={props.value}
        options={own}
        onChange={props.onChange}
      />
    )
  }
  return (
    <ChoiceField
      name="sellerIs"
      label={t('seller')}
      required
      options={[...own, ...sellers.map((one) => ({ value: one.id, label: one.name }))]}
      value={props.value}
      onChange={props.onChange}
    />
  )
}
