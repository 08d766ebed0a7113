// One deal: what it is worth, its way through the stages, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useGo, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Menu, MenuItem } from '../../../web/ui/menu.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { ActivityPanel } from '../../activities/screens/activity-panel.tsx'
import { NotesSection } from '../../customers/screens/notes-section.tsx'
import { TagsSection } from '../../customers/screens/tags-section.tsx'
import { HistoryButton } from '../../team/screens/record-history.tsx'
import { dealsTexts } from '../texts.ts'
import { boardTexts } from '../texts-board.ts'
import { DealForm } from './deal-form.tsx'
import type { Deal } from './deal-values.ts'
import { SellersDrawer } from './sellers-drawer.tsx'
import { Timeline } from './timeline.tsx'
import { useMove } from './use-move.tsx'
import './drawers.css'

export function DealScreen() {
  const { id = '' } = useParams()
  const query = useOperation('deals.get', { id })
  return (
    <Answered query={query} shape="page">
      {(deal) => <DealPage deal={deal} />}
    </Answered>
  )
}

function DealPage({ deal }: { deal: Deal }) {
  const t = useTexts(dealsTexts)
  const b = useTexts(boardTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const remove = useChange('deals.remove')
  const undo = useChange('changes.undo')
  const amount =
    deal.amount === null
      ? t('no_amount')
      : format.money(deal.amount, deal.currency, { currency: true })
  const takeOut = async () => {
    const written = await remove
      .run({ id: deal.id }, { version: deal.version })
      .catch(() => undefined)
    if (!written) return
    go('deals')
    toast.undo(t('removed'), () => undo.run({ id: written.changeId }))
  }
  const stages = useOperation('stages.list', {})
  const moving = useMove()
  const day = (on: string | null) => (on === null ? null : format.date(on))
  const link = (to: string, record: { id: string; name: string } | null) =>
    record ? <ScreenLink to={`${to}/${record.id}`}>{record.name}</ScreenLink> : null
  return (
    <Page
      finding={t(`finding_${deal.outcome}`, {
        customer: deal.customer?.name ?? t('no_customer'),
        amount,
      })}
      note={[deal.product?.name, deal.stage.name, deal.externalId].filter((one) => one).join(' · ')}
      actions={
        <>
          <Menu
            place="end"
            width={220}
            button={(opens) => (
              <Button loading={moving.busy} {...opens}>
                {b('move')}
              </Button>
            )}
          >
            {(stages.data?.rows ?? [])
              .filter((stage) => stage.id !== deal.stage.id)
              .map((stage) => (
                <MenuItem key={stage.id} onClick={() => moving.move(deal, stage)}>
                  {stage.name}
                </MenuItem>
              ))}
          </Menu>
          <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
            {t('edit')}
          </Button>
          <Button variant="default" onClick={() => void takeOut()} loading={remove.busy}>
            {t('remove')}
          </Button>
        </>
      }
    >
      <Split
        main={
          <>
            <ActivityPanel about={{ dealId: deal.id }} />
            <Section
              title={b('timeline')}
              actions={<HistoryButton entity="deal" id={deal.id} size="compact-sm" />}
            >
              <Timeline id={deal.id} version={deal.version} currency={deal.currency} />
            </Section>
          </>
        }
        side={
          <>
            <Section
              title={t('details')}
              actions={
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => setSearch({ sellers: '1' })}
                >
                  {b('sellers_edit')}
                </Button>
              }
            >
              <DetailList
                rows={[
                  { label: t('customer'), value: link('customers', deal.customer) },
                  { label: t('product'), value: link('products', deal.product) },
                  { label: t('seller'), value: <Sellers deal={deal} /> },
                  { label: t('stage'), value: deal.stage.name },
                  { label: t('opened'), value: day(deal.openedOn) },
                  ...(deal.closedOn ? [{ label: t('closed'), value: day(deal.closedOn) }] : []),
                  {
                    label: t('quantity'),
                    value: format.number(
                      deal.quantity,
                      (String(deal.quantity).split('.')[1] ?? '').length,
                    ),
                  },
                  { label: t('number'), value: deal.externalId },
                  ...(deal.outcome === 'lost'
                    ? [{ label: t('lost_reason'), value: deal.lostReason?.name ?? null }]
                    : []),
                ]}
              />
            </Section>
            <TagsSection entity="deal" entityId={deal.id} />
            <NotesSection entity="deal" entityId={deal.id} />
          </>
        }
      />
      {moving.asking}
      {search.sellers && (
        <SellersDrawer deal={deal} close={() => setSearch({ sellers: undefined })} />
      )}
      {search.edit && <DealForm deal={deal} close={() => setSearch({ edit: undefined })} />}
    </Page>
  )
}

/** One seller, or each with the share; the owner first. */
function Sellers({ deal }: { deal: Deal }) {
  const format = useFormat()
  if (deal.sellers.length === 0) return <>—</>
  return (
    <>
      {deal.sellers.map(({ seller, share }) => (
        <span key={seller.id} className="deal-seller">
          <ScreenLink to={`sellers/${seller.id}`}>{seller.name}</ScreenLink>
          {share < 1 && ` ${format.rate(share, (share * 100) % 1 === 0 ? 0 : 2)}`}
        </span>
      ))}
    </>
  )
}
