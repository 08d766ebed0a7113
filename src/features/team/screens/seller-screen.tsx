// One seller: the finding, numbers · quality · loyalty, by product and customer, teams then and now.
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { ScreenLink, useParams, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty, Failed, Loading } from '../../../web/ui/states.tsx'
import { HandOverButton } from '../../deals/screens/hand-over-button.tsx'
import { Breakdown } from '../../results/screens/breakdown.tsx'
import { holdsNothing, OverviewBody } from '../../results/screens/overview-body.tsx'
import { NothingHere } from '../../results/screens/results-states.tsx'
import { SelectionChips } from '../../results/screens/selection-chips.tsx'
import { useSelection } from '../../results/screens/use-selection.ts'
import { teamTexts } from '../texts.ts'
import { HistorySection } from './record-history.tsx'
import { useSetState } from './seller-state.ts'
import { Memberships } from './team-memberships.tsx'
import { useMayManage } from './team-rights.ts'
import './team.css'

type Seller = Answer<'sellers.get'>

export function SellerScreen() {
  const t = useTexts(teamTexts)
  const { id = '' } = useParams()
  const seller = useOperation('sellers.get', { id })
  if (seller.data?.id === id) return <SellerPage key={id} seller={seller.data} />
  if (seller.problem === undefined) {
    return (
      <Page finding={t('sellers')}>
        <Loading shape="page" />
      </Page>
    )
  }
  return (
    <Page finding={t(seller.problem.status === 404 ? 'seller_missing' : 'sellers')}>
      {seller.problem.status === 404 ? (
        <p>
          {t('seller_missing_text')} <ScreenLink to="sellers">{t('to_sellers')}</ScreenLink>
        </p>
      ) : (
        <Failed problem={seller.problem} retry={seller.retry} />
      )}
    </Page>
  )
}

function SellerPage(props: { seller: Seller }) {
  const { seller } = props
  const t = useTexts(teamTexts)
  const lang = useLanguage()
  const about = useMemo(() => ({ seller: [seller.id] }), [seller.id])
  const chosen = useSelection(about)
  const overview = useOperation('results.overview', { ...chosen.input, lang })
  const { data } = overview
  const empty = data !== undefined && holdsNothing(data)
  const place = [seller.team?.name, seller.office?.name].filter((part) => part !== undefined)
  return (
    <Page
      finding={
        data === undefined || empty
          ? seller.name
          : t('seller_finding', { name: seller.name, finding: data.finding })
      }
      note={
        <>
          {seller.state === 'archived' ? t('is_archived') : place.join(' · ')}
          {!empty && data && (
            <>
              <br />
              {data.note}
            </>
          )}
        </>
      }
      chips={
        <SelectionChips
          chosen={chosen}
          period={data?.period}
          compared={data}
          about={['seller']}
          withoutScope
        />
      }
      actions={<SellerActions seller={seller} />}
    >
      <Answered
        query={overview}
        shape="page"
        empty={(answer) => {
          if (!holdsNothing(answer)) return undefined
          if (!answer.period.byDefault || chosen.filtered) {
            return <NothingHere chosen={chosen} period={answer.period} />
          }
          return (
            <Empty
              kind="nothing-yet"
              title={t('seller_nothing', { name: seller.name })}
              text={t('seller_nothing_text')}
            />
          )
        }}
      >
        {(answer) => (
          <div className="results-stack">
            <OverviewBody data={answer} chosen={chosen} />
            <div className="results-two">
              <Breakdown by="product" chosen={chosen} />
              <Breakdown by="customer" chosen={chosen} />
            </div>
          </div>
        )}
      </Answered>
      <SellerRecord seller={seller} />
    </Page>
  )
}

function SellerActions(props: { seller: Seller }) {
  const { seller } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  const state = useSetState('seller')
  if (!useMayManage()) return null
  return (
    <>
      <Button variant="default" onClick={() => setSearch({ seller_form: seller.id })}>
        {t('edit')}
      </Button>
      <Button variant="default" loading={state.busy} onClick={() => state.toggle(seller)}>
        {t(seller.state === 'active' ? 'archive' : 'bring_back')}
      </Button>
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
