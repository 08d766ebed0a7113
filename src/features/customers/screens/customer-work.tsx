// What is going on with a customer: open deals and the latest orders.
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { moreTexts } from '../texts-more.ts'
import './records.css'

const shown = 8

export function OpenDeals({ customerId }: { customerId: string }) {
  const t = useTexts(moreTexts)
  const format = useFormat()
  const deals = useOperation('deals.list', { customerId, outcome: 'open', limit: shown })
  return (
    <Section title={t('open_deals')}>
      <Answered query={deals} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="records-none">{t('open_deals_none')}</p>
          ) : (
            <ul className="records-lines">
              {rows.map((deal) => (
                <li key={deal.id}>
                  <ScreenLink to={`deals/${deal.id}`}>
                    {deal.product?.name ?? deal.externalId ?? deal.stage.name}
                  </ScreenLink>
                  <span className="k-muted">{deal.stage.name}</span>
                  <span className="records-end">
                    {deal.amount === null
                      ? '—'
                      : format.money(deal.amount, deal.currency, { currency: true })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}

export function LatestOrders({ customerId }: { customerId: string }) {
  const t = useTexts(moreTexts)
  const format = useFormat()
  const orders = useOperation('orders.list', { customerId, limit: shown })
  return (
    <Section
      title={t('orders')}
      actions={
        <ScreenLink to="orders" search={{ customerId }}>
          {t('all_orders')}
        </ScreenLink>
      }
    >
      <Answered query={orders} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="records-none">{t('orders_none')}</p>
          ) : (
            <ul className="records-lines">
              {rows.map((order) => (
                <li key={order.id}>
                  <ScreenLink to={`orders/${order.id}`}>{order.number ?? t('orders')}</ScreenLink>
                  {order.on && <span className="k-muted">{format.date(order.on)}</span>}
                  <span className="records-end">
                    {order.amount === null
                      ? '—'
                      : format.money(order.amount, order.currency, { currency: true })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}
