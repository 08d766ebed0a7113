// One deal: what it is worth, its way through the stages, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useGo, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { RecordHistory } from '../../team/screens/record-history.tsx'
import { dealsTexts } from '../texts.ts'
import { DealForm } from './deal-form.tsx'
import type { Deal } from './deal-values.ts'

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
            <Section title={t('way')}>
              <DetailList
                rows={[
                  ...(deal.openedOn ? [{ label: t('opened'), value: day(deal.openedOn) }] : []),
                  ...deal.entries.map((entry) => ({
                    label: entry.stage.name,
                    value: day(entry.on),
                  })),
                  ...(deal.closedOn ? [{ label: deal.stage.name, value: day(deal.closedOn) }] : []),
                ]}
              />
            </Section>
            <Section title={t('history')}>
              <RecordHistory entity="deal" id={deal.id} currency={deal.currency} />
            </Section>
          </>
        }
        side={
          <Section title={t('details')}>
            <DetailList
              rows={[
                { label: t('customer'), value: link('customers', deal.customer) },
                { label: t('product'), value: link('products', deal.product) },
                { label: t('seller'), value: link('sellers', deal.seller) },
                { label: t('stage'), value: deal.stage.name },
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
        }
      />
      {search.edit && <DealForm deal={deal} close={() => setSearch({ edit: undefined })} />}
    </Page>
  )
}
