// One order: its lines, what came back of it, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useGo, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { minorDigits } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { HistorySection } from '../../team/screens/record-history.tsx'
import { ordersTexts } from '../texts.ts'
import { OrderForm } from './order-form.tsx'
import type { Order } from './order-values.ts'
import { ReturnDrawer } from './return-drawer.tsx'

export function OrderScreen() {
  const { id = '' } = useParams()
  const query = useOperation('orders.get', { id })
  return (
    <Answered query={query} shape="page">
      {(order) => <OrderPage order={order} />}
    </Answered>
  )
}

function OrderPage({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const go = useGo()
  const remove = useChange('orders.remove')
  const undo = useChange('changes.undo')
  const number = order.number ?? t('no_number')
  const takeOut = async () => {
    const written = await remove
      .run({ id: order.id }, { version: order.version })
      .catch(() => undefined)
    if (!written) return
    go('orders')
    toast.undo(t('removed', { number }), () => undo.run({ id: written.changeId }))
  }
  const link = (to: string, record: { id: string; name: string } | null) =>
    record ? <ScreenLink to={`${to}/${record.id}`}>{record.name}</ScreenLink> : null
  return (
    <Page
      finding={t(`finding_${order.kind}`, {
        customer: order.customer?.name ?? t('no_customer'),
        amount: format.money(Math.abs(order.amount), order.currency, { currency: true }),
      })}
      note={[number, t(order.kind), order.on && format.date(order.on)].filter(Boolean).join(' · ')}
      actions={
        <>
          <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
            {t('edit')}
          </Button>
          {order.number !== null && order.kind === 'sale' && order.rows.length > 0 && (
            <Button variant="default" onClick={() => setSearch({ return: '1' })}>
              {t('take_back')}
            </Button>
          )}
          <Button variant="default" onClick={() => void takeOut()} loading={remove.busy}>
            {t('remove')}
          </Button>
        </>
      }
    >
      <Split
        main={
          <>
            <Section title={t('lines')}>
              <Lines order={order} />
            </Section>
            <HistorySection entity="order" id={order.id} currency={order.currency} />
          </>
        }
        side={
          <Section title={t('details')}>
            <DetailList
              rows={[
                { label: t('number'), value: order.number },
                { label: t('on'), value: order.on && format.date(order.on) },
                { label: t('customer'), value: link('customers', order.customer) },
                { label: t('seller'), value: link('sellers', order.seller) },
                ...(order.deal
                  ? [
                      {
                        label: t('deal'),
                        value: link('deals', {
                          id: order.deal.id,
                          name: order.deal.number ?? t('no_number'),
                        }),
                      },
                    ]
                  : []),
              ]}
            />
          </Section>
        }
      />
      {search.edit && <OrderForm order={order} close={() => setSearch({ edit: undefined })} />}
      {search.return && (
        <ReturnDrawer
          order={order}
          close={() => setSearch({ return: undefined })}
          done={(id) => go(`orders/${id}`)}
        />
      )}
    </Page>
  )
}

type Line = Order['rows'][number]

function Lines({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const decimals = (value: number | string) => (String(value).split('.')[1] ?? '').length
  const columns: Column<Line>[] = [
    {
      id: 'product',
      head: t('product'),
      main: true,
      cell: (line) => line.product?.name ?? t('without_product'),
    },
    {
      id: 'quantity',
      head: t('quantity'),
      align: 'right',
      keep: true,
      cell: (line) => format.number(line.quantity, decimals(line.quantity)),
    },
    {
      id: 'price',
      head: t('price'),
      align: 'right',
      cell: (line) =>
        line.price === null
          ? '—'
          : format.number(
              Number(line.price),
              Math.max(decimals(line.price), minorDigits(order.currency)),
            ),
    },
    {
      id: 'discount',
      head: t('discount'),
      align: 'right',
      cell: (line) => (line.discount === null ? '—' : format.rate(line.discount)),
    },
    {
      id: 'amount',
      head: t('amount'),
      align: 'right',
      keep: true,
      cell: (line) => format.money(line.amount, order.currency),
    },
  ]
  return (
    <DataTable
      caption={t('lines')}
      rows={order.rows}
      columns={columns}
      rowId={(line) => line.id}
      rowLabel={(line) => line.product?.name ?? t('without_product')}
      rowLink={(line) => (line.product ? { to: `products/${line.product.id}` } : undefined)}
      foot={{
        product: t('total'),
        amount: format.money(Math.abs(order.amount), order.currency, { currency: true }),
      }}
    />
  )
}
