// What is done about a check: the page that mends its cause, and the bar that mends chosen rows at once.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useGo } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { BulkBar } from '../../../web/ui/bulk-bar.tsx'
import { type Selection, SelectionBar } from '../../../web/ui/selection.tsx'
import { DealsBulkBar } from '../../deals/screens/deals-bulk-bar.tsx'
import { qualityTexts } from '../texts.ts'
import { type CheckId, type Row, wordOf } from './quality-words.ts'
import { UnifyDrawer } from './unify-drawer.tsx'

const pages: Partial<
  Record<CheckId, { to: string; label: 'imports' | 'settings' | 'rates' | 'products' | 'list' }>
> = {
  'missing-rates': { to: 'rates', label: 'rates' },
  'lines-without-head': { to: 'imports', label: 'imports' },
  'impossible-dates': { to: 'imports', label: 'imports' },
  'swapped-dates': { to: 'imports', label: 'imports' },
  overlap: { to: 'settings', label: 'settings' },
  'products-without-cost': { to: 'products', label: 'products' },
  'unlisted-demographics': { to: 'settings', label: 'list' },
}

export function CheckActions({ check }: { check: CheckId }) {
  const t = useTexts(qualityTexts)
  const go = useGo()
  const page = pages[check]
  return (
    <>
      <Button variant="default" onClick={() => go('quality')}>
        {t('all_checks')}
      </Button>
      {page && (
        <Button variant="default" onClick={() => go(page.to)}>
          {t(`open_${page.label}`)}
        </Button>
      )}
    </>
  )
}

const withoutOf = {
  'deals-without-owner': {
    filter: { without: 'seller' },
    first: 'sellerId',
    label: 'assign_seller',
  },
  'deals-without-customer': {
    filter: { without: 'customer' },
    first: 'customerId',
    label: 'assign_customer',
  },
  'won-without-value': {
    filter: { without: 'amount', outcome: 'won' },
    first: 'amount',
    label: 'set_amount',
  },
} as const
const isOfDeals = (check: CheckId): check is keyof typeof withoutOf => check in withoutOf

const gapFields = ['country', 'region', 'industry', 'size', 'source'] as const
const editable = ['country', 'region', 'industry', 'source'] as const

interface CheckBarProps {
  check: CheckId
  field: string | undefined
  rows: readonly Row[]
  selection: Selection
  total: number | undefined
}

export function CheckBar({ check, field, rows, selection, total }: CheckBarProps) {
  const t = useTexts(qualityTexts)
  const shown = rows.length
  if (isOfDeals(check)) {
    const { label, ...of } = withoutOf[check]
    return (
      <DealsBulkBar selection={selection} total={total} shown={shown} label={t(label)} {...of} />
    )
  }
  if (check === 'missing-demographics') {
    const missing = gapFields.find((one) => one === field)
    const rank = (one: string) => (one === field ? 0 : 1)
    return (
      <BulkBar
        operation="customers.bulk-edit"
        selection={selection}
        filter={missing && { missing }}
        label={t('fill_in')}
        fields={editable
          .toSorted((a, b) => rank(a) - rank(b))
          .map((name) => ({ name, label: wordOf(t, qualityTexts.en, 'field', name) }))}
        total={total}
        shown={shown}
      />
    )
  }
  if (check === 'never-bought') {
    return (
      <BulkBar
        operation="customers.bulk-edit"
        selection={selection}
        label={t('archive')}
        fields={[
          {
            name: 'state',
            label: t('archive'),
            choices: [{ value: 'archived', label: t('archive') }],
          },
        ]}
        total={total}
        shown={shown}
      />
    )
  }
  if (check === 'unlisted-demographics' && field)
    return <UnifyBar field={field} rows={rows} selection={selection} />
  return null
}

/** Whether rows of the check can be chosen and mended at once. */
CheckBar.mends = (check: CheckId): boolean =>
  isOfDeals(check) ||
  check === 'missing-demographics' ||
  check === 'never-bought' ||
  check === 'unlisted-demographics'

function UnifyBar(props: { field: string; rows: readonly Row[]; selection: Selection }) {
  const { field, rows, selection } = props
  const t = useTexts(qualityTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <SelectionBar selection={selection} total={rows.length} shown={rows.length}>
        <Button size="compact-sm" onClick={() => setOpen(true)}>
          {t('unify')}
        </Button>
      </SelectionBar>
      {open && (
        <UnifyDrawer
          field={field}
          values={rows.filter((row) => selection.ids.has(row.id)).map((row) => row.name)}
          close={() => setOpen(false)}
          done={() => {
            setOpen(false)
            selection.clear()
          }}
        />
      )}
    </>
  )
}
