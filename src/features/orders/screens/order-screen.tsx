// One order: its lines, what came back of it, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useGo, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { minorDigits } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { NotesSection } from '../../customers/screens/notes-section.tsx'
import { HistorySection } from '../../team/screens/record-history.tsx'
import { ordersTexts } from '../texts.ts'
import { OrderForm } from './order-form.tsx'
import { decimalsOf, type Order } from './order-values.ts'
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
      .catch((thrown) => void toast.problem(asProblem(thrown)))
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
          {order.number !== null &&
            order.kind === 'sale' &&
            (order.rows.length > 0 || order.amount > 0) && (
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
            <NotesSection entity="order" entityId={order.id} />
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
                {
                  label: t('seller'),
                  value:
                    link('sellers', order.seller) ??
                    (order.sellers > 1 ? t('several_sellers', { count: order.sellers }) : null),
                },
                ...(order.related.length > 0
                  ? [
                      {
                        label: t(order.kind === 'return' ? 'return_of' : 'returns'),
                        value: <Related orders={order.related} />,
                      },
                    ]
                  : []),
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

function Related({ orders }: { orders: Order['related'] }) {
  return orders.map(({ id, number }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <ScreenLink to={`orders/${id}`}>{number}</ScreenLink>
    </span>
  ))
}

type Line = Order['rows'][number]

function Lines({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const columns: Column<Line>[] = [
    {
      id: 'product',
      head: t('product'),
      main: true,
      cell: (line) => line.product?.name ?? t('without_product'),
    },
    ...(order.sellers > 1
      ? [
          {
            id: 'seller',
            head: t('seller'),
            cell: (line: Line) => line.seller?.name ?? order.seller?.name ?? '—',
          },
        ]
      : []),
    {
      id: 'quantity',
      head: t('quantity'),
      align: 'right',
      keep: true,
      cell: (line) => format.number(line.quantity, decimalsOf(line.quantity)),
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
              Math.max(decimalsOf(line.price), minorDigits(order.currency)),
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
