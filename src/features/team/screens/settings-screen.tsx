// Settings: of the organisation, of the person, of this browser; stages, closed periods, demo.
import { useLanguage, useTexts } from '../../../web/language.ts'
import { type OrganisationFacts, useOrganisation } from '../../../web/organisation.ts'
import { Page, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { CalendarSection } from '../../calendars/screens/calendar-section.tsx'
import { DemographicsSection } from '../../customers/screens/demographics-section.tsx'
import { OwnFieldsSection } from '../../customers/screens/own-fields-section.tsx'
import { ReasonSection } from '../../deals/screens/reasons-section.tsx'
import { RevenueSourceSection } from '../../orders/screens/revenue-source-section.tsx'
import { settingsTexts } from '../texts-settings.ts'
import { DemoSection } from './settings-books.tsx'
import { LockSection } from './settings-locks.tsx'
import { BrowserSection, MeSection } from './settings-me.tsx'
import { OrganisationSection } from './settings-organisation.tsx'
import { StageSection } from './settings-stages.tsx'
import { monthChoices } from './start-values.ts'
import './settings.css'

export function SettingsScreen() {
  return (
    <Answered query={useOrganisation()} shape="page">
      {(facts) => <Settings facts={facts} />}
    </Answered>
  )
}

function Settings({ facts }: { facts: OrganisationFacts }) {
  const t = useTexts(settingsTexts)
  const language = useLanguage()
  const { name, baseCurrency, zone, fiscalFirstMonth } = facts.settings
  const month = monthChoices(language)[fiscalFirstMonth - 1]?.label ?? ''
  const finding = t('finding', { name, currency: baseCurrency, zone: zone.replaceAll('_', ' ') })
  return (
    <Page
      finding={facts.kind === 'demo' ? t('finding_demo') : finding}
      note={facts.kind === 'demo' ? finding : t('note', { month })}
    >
      <Split
        main={
          <>
            <OrganisationSection facts={facts} />
            <CalendarSection />
            <StageSection />
            <ReasonSection />
            <LockSection />
            <RevenueSourceSection />
            <OwnFieldsSection />
            <DemographicsSection />
          </>
        }
        side={
          <>
            <MeSection facts={facts} />
            <BrowserSection />
            <DemoSection />
          </>
        }
      />
    </Page>
  )
}
