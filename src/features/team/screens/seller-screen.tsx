// One seller: the finding, numbers · quality · loyalty, by product and customer, teams then and now.
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { ScreenLink, useParams, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { HandOverButton } from '../../deals/screens/hand-over-button.tsx'
import { AttainmentSection } from '../../quota/screens/attainment-section.tsx'
import { Breakdown } from '../../results/screens/breakdown.tsx'
import { teamTexts } from '../texts.ts'
import { HistorySection } from './record-history.tsx'
import { Found, ResultsPage } from './results-page.tsx'
import { Memberships } from './team-memberships.tsx'
import { useMayManage } from './team-rights.ts'
import './team.css'

type Seller = Answer<'sellers.get'>

export function SellerScreen() {
  const { id = '' } = useParams()
  const query = useOperation('sellers.get', { id })
  return (
    <Found kind="seller" id={id} query={query}>
      {(seller) => <SellerPage key={id} seller={seller} />}
    </Found>
  )
}

function SellerPage({ seller }: { seller: Seller }) {
  const about = useMemo(() => ({ seller: [seller.id] }), [seller.id])
  return (
    <ResultsPage
      kind="seller"
      record={seller}
      about={about}
      place={[seller.team?.name, seller.office?.name]}
      actions={<SellerActions seller={seller} />}
      more={(chosen) => (
        <div className="results-two">
          <Breakdown by="product" chosen={chosen} />
          <Breakdown by="customer" chosen={chosen} />
        </div>
      )}
    >
      <AttainmentSection sellerId={seller.id} />
      <SellerRecord seller={seller} />
    </ResultsPage>
  )
}

function SellerActions(props: { seller: Seller }) {
  const { seller } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  if (!useMayManage()) return null
  return (
    <>
      <Button variant="default" onClick={() => setSearch({ seller_form: seller.id })}>
        {t('edit')}
      </Button>
      <ArchiveButton operation="sellers.set-state" record={seller} />
      <HandOverButton sellerId={seller.id} />
    </>
  )
}

/** What is known of the seller besides results. */
function SellerRecord(props: { seller: Seller }) {
  const { seller } = props
  const t = useTexts(teamTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const date = (day: string | null) => (day === null ? dash : format.date(day))
  return (
    <>
      <div className="results-two">
        <Section
          title={t('memberships')}
          note={t('memberships_note')}
          actions={
            mayManage && (
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => setSearch({ membership: `seller:${seller.id}` })}
              >
                {t('put_into_team')}
              </Button>
            )
          }
        >
          {seller.memberships.length === 0 ? (
            <p className="k-section-note">{t('memberships_none')}</p>
          ) : (
            <Memberships rows={seller.memberships} of="seller" />
          )}
        </Section>
        <Section title={t('details')}>
          <DetailList
            rows={[
              { label: t('team'), value: seller.team?.name ?? null },
              { label: t('manager'), value: seller.manager?.name ?? null },
              { label: t('office'), value: seller.office?.name ?? null },
              { label: t('email'), value: seller.email },
              { label: t('external_id'), value: seller.externalId },
              { label: t('hired'), value: date(seller.hiredOn) },
              { label: t('left'), value: date(seller.leftOn) },
              ...Object.entries(seller.traits).map(([label, value]) => ({ label, value })),
            ]}
          />
          <p className="team-way">
            <ScreenLink to="deals" search={{ sellerId: seller.id }}>
              {t('all_deals', { name: seller.name })}
            </ScreenLink>
          </p>
        </Section>
      </div>
      <HistorySection entity="seller" id={seller.id} />
    </>
  )
}
