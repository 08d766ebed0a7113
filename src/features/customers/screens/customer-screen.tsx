// One customer: what it is, what it bought, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { ActivityPanel } from '../../activities/screens/activity-panel.tsx'
import { HistorySection } from '../../team/screens/record-history.tsx'
import { customersTexts } from '../texts.ts'
import { ContactsSection } from './contacts-section.tsx'
import { CustomerForm } from './customer-form.tsx'
import { LatestOrders, OpenDeals } from './customer-work.tsx'
import { NotesSection } from './notes-section.tsx'
import { OwnValues } from './own-values.tsx'
import { TagsSection } from './tags-section.tsx'

type Customer = Answer<'customers.get'>
/** All time, in the form of a custom period. */
const ever = { from: '1900-01-01', until: '2200-01-01' }

export function CustomerScreen() {
  const { id = '' } = useParams()
  const query = useOperation('customers.get', { id })
  return (
    <Answered query={query} shape="page">
      {(customer) => <CustomerPage customer={customer} />}
    </Answered>
  )
}

function CustomerPage({ customer }: { customer: Customer }) {
  const t = useTexts(customersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const archived = customer.state === 'archived'
  const place = [customer.industry, customer.country].filter((one) => one !== null).join(', ')
  const rows = [
    { label: t('number'), value: customer.externalId },
    {
      label: t('industry'),
      value: customer.industry && (
        <ScreenLink to="segments" search={{ industry: customer.industry }}>
          {customer.industry}
        </ScreenLink>
      ),
    },
    {
      label: t('employees'),
      value: customer.employees === null ? null : format.count(customer.employees),
    },
    { label: t('country'), value: customer.country },
    { label: t('region'), value: customer.region },
    { label: t('city'), value: customer.city },
    { label: t('source'), value: customer.source },
  ]
  return (
    <Page
      finding={customer.name}
      note={archived ? `${place} · ${t('is_archived')}` : place}
      actions={
        <>
          <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
            {t('edit')}
          </Button>
          <ArchiveButton operation="customers.set-state" record={customer} />
        </>
      }
    >
      <Split
        main={
          <>
            <CustomerFigures id={customer.id} />
            <ActivityPanel about={{ customerId: customer.id }} />
            <OpenDeals customerId={customer.id} />
            <LatestOrders customerId={customer.id} />
            <ContactsSection customer={customer} />
            <NotesSection entity="customer" entityId={customer.id} />
            <HistorySection entity="customer" id={customer.id} />
          </>
        }
        side={
          <>
            <Section title={t('details')}>
              <DetailList rows={rows} />
            </Section>
            <TagsSection entity="customer" entityId={customer.id} />
            <OwnValues entity="customer" traits={customer.traits} />
          </>
        }
      />
      {search.edit && (
        <CustomerForm customer={customer} close={() => setSearch({ edit: undefined })} />
      )}
    </Page>
  )
}

function CustomerFigures({ id }: { id: string }) {
  const t = useTexts(customersTexts)
  const where = { customer: [id] }
  const figures = useOperation('results.figures', {
    metric: ['revenue', 'deals-won', 'win-rate', 'average-deal'],
    ...ever,
    where,
  })
  const row = figures.data?.rows[0]
  const why = (metric: 'revenue' | 'deals-won') => ({
    metric,
    where: { customer: [id] },
    period: `${ever.from}..${ever.until}`,
  })
  const names = { revenue: t('revenue'), 'deals-won': t('deals') } as const
  return (
    <Section
      title={t('numbers')}
      note={t('numbers_note')}
      actions={
        <ScreenLink to="deals" search={{ customerId: id }}>
          {t('all_deals')}
        </ScreenLink>
      }
    >
      <Answered query={figures} shape="panel">
        {() => (
          <DetailList
            rows={(['revenue', 'deals-won'] as const).map((metric) => ({
              label: names[metric],
              value: (
                <Figure
                  figure={(row?.[metric] ?? {}) as Parameters<typeof Figure>[0]['figure']}
                  name={names[metric]}
                  why={why(metric)}
                  size="row"
                />
              ),
            }))}
          />
        )}
      </Answered>
    </Section>
  )
}
