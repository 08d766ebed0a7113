// What the rows of each check show, and where opening one leads.
import type { SearchChange } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { qualityTexts } from '../texts.ts'
import { type CheckId, type Row, wordOf } from './quality-words.ts'

/** The page on which a row is mended. */
export function linkOf(
  check: CheckId,
  row: Row,
): { to: string; search?: SearchChange } | undefined {
  const { id, entity, name, day } = row
  switch (entity) {
    case 'customer': {
      const fill = check === 'missing-demographics'
      return { to: `customers/${id}`, ...(fill ? { search: { edit: '1' } } : {}) }
    }
    case 'product':
      return { to: `products/${id}`, search: { edit: '1' } }
    case 'deal':
      return { to: `deals/${id}`, search: { edit: '1' } }
    case 'order_head':
      return { to: `orders/${id}` }
    case 'activity':
      return { to: 'activities' }
    case 'survey_answer':
      return { to: 'surveys', search: { open: id } }
    case 'customer_case':
      return { to: 'cases', search: { open: id } }
    case 'currency':
      return { to: 'rates', search: { new: '1', for: name, ...(day ? { day } : {}) } }
    case 'import':
      return { to: `imports/${id}` }
    case 'value':
      return { to: 'customers', search: { [row.fields?.[0] ?? 'search']: name } }
    default:
      return undefined
  }
}

/** Columns of a check; the name first. */
export function useColumns(check: CheckId): Column<Row>[] {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  const base = useOrganisation().data?.settings.baseCurrency ?? ''
  const name = (head: string): Column<Row> => ({
    id: 'name',
    head,
    main: true,
    cell: (row) => row.name,
  })
  const day = (head: string, of: (row: Row) => string | undefined): Column<Row> => ({
    id: head,
    head,
    align: 'right',
    keep: true,
    cell: (row) => {
      const value = of(row)
      return value === undefined ? '—' : format.date(value)
    },
  })
  const money = (head: string, of: (row: Row) => number | undefined, keep = true): Column<Row> => ({
    id: head,
    head,
    align: 'right',
    keep,
    cell: (row) => {
      const value = of(row)
      if (value === undefined) return '—'
      return format.money(value, row.currency ?? base, { currency: true })
    },
  })
  const count = (head: string): Column<Row> => ({
    id: head,
    head,
    align: 'right',
    keep: true,
    cell: (row) => (row.count === undefined ? '—' : format.count(row.count)),
  })
  const fields = (head: string): Column<Row> => ({
    id: head,
    head,
    keep: true,
    cell: (row) =>
      format.list((row.fields ?? []).map((one) => wordOf(t, qualityTexts.en, 'field', one))),
  })
  switch (check) {
    case 'missing-rates':
      return [
        name(t('currency')),
        count(t('sales')),
        day(t('from'), (row) => row.day),
        day(t('until'), (row) => row.until),
        money(t('amount'), (row) => row.amount, false),
      ].map((column, at) => ({ ...column, keep: at === 1 || at === 2 }))
    case 'lines-without-head':
      return [name(t('order')), count(t('line')), money(t('amount'), (row) => row.amount)]
    case 'impossible-dates':
      return [
        name(t('entry')),
        {
          id: 'kind',
          head: t('kind'),
          cell: (row) => wordOf(t, qualityTexts.en, 'kind', row.entity),
        },
        day(t('day'), (row) => row.day),
      ]
    case 'swapped-dates':
      return [
        name(t('file')),
        { ...fields(t('columns')), keep: false },
        {
          id: 'early',
          head: t('early_days'),
          align: 'right',
          keep: true,
          cell: ({ count: early = 0, of = 0 }) =>
            t('early_of', { count: format.count(early), of: format.count(of) }),
        },
      ]
    case 'overlap':
      return [
        { ...name(t('month')), cell: (row) => format.shortMonth(row.name) },
        money(t('amount_deals'), (row) => row.amount),
        money(t('amount_orders'), (row) => row.otherAmount),
        money(t('difference'), (row) => (row.amount ?? 0) - (row.otherAmount ?? 0), false),
      ]
    case 'sale-before-contact':
      return [
        name(t('name')),
        day(t('first_sale'), (row) => row.day),
        day(t('first_contact'), (row) => row.until),
      ]
    case 'missing-demographics':
      return [name(t('name')), fields(t('gaps'))]
    case 'unlisted-demographics':
      return [name(t('value')), count(t('customers'))]
    case 'products-without-cost':
      return [name(t('name')), count(t('sales'))]
    case 'never-bought':
      return [name(t('name'))]
    default:
      return [
        name(t('entry')),
        day(t('day'), (row) => row.day),
        money(t('amount'), (row) => row.amount),
      ]
  }
}
