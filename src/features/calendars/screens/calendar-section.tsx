// The organisation's calendar among the settings: what holds, and the way to set it.

import { Button } from '@mantine/core'
import { useGo } from '../../../web/address.tsx'
import { daysAfter } from '../../../web/format-period.ts'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { calendarsTexts } from '../texts.ts'
import { useRuleWords } from './holds-panel.tsx'
import './calendars.css'

export function CalendarSection() {
  const t = useTexts(calendarsTexts)
  const today = useOrganisationDay()
  const rules = useRuleWords()
  const go = useGo()
  const from = today ?? ''
  const until = today === undefined ? '' : daysAfter(today, 1)
  const query = useOperation('calendars.days', { from, until }, { enabled: today !== undefined })
  return (
    <Section
      title={t('settings_title')}
      note={t('settings_note')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => go('working-days', { of: 'organisation', calendar: '1' })}
        >
          {t('set_calendar')}
        </Button>
      }
    >
      <Answered query={query} shape="panel">
        {(days) => <DetailList rows={rules(days)} />}
      </Answered>
    </Section>
  )
}
