// Handing over what is open with a seller: from when, to whom, with counts before anything is done.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { Cross } from '../../../web/ui/icons.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { boardTexts } from '../texts-board.ts'
import { useHandOverPreview } from './hand-over-preview.ts'
import './drawers.css'

/** Opened by `?hand_over=<id of the seller>` on any page. */
export function HandOverDrawer({ value, close }: DrawerProps) {
  const t = useTexts(boardTexts)
  const today = useOrganisationDay()
  const seller = useOperation('sellers.get', { id: value })
  const sellers = useOperation('sellers.list', { limit: 200 })
  if (!seller.data || today === undefined) return null
  const { name } = seller.data
  return (
    <Drawer
      title={t('hand_title', { name })}
      note={t('hand_note', { name })}
      close={close}
      print={false}
    >
      <HandOver
        id={value}
        name={name}
        today={today}
        others={(sellers.data?.rows ?? []).filter((one) => one.id !== value)}
        close={close}
      />
    </Drawer>
  )
}

function HandOver(props: {
  id: string
  name: string
  today: string
  others: readonly { id: string; name: string }[]
  close: () => void
}) {
  const { id, name, today, others, close } = props
  const t = useTexts(boardTexts)
  const format = useFormat()
  const [on, setOn] = useState<string | undefined>(today)
  const [to, setTo] = useState<string[]>([])
  const change = useChange('deals.hand-over')
  const undo = useChange('changes.undo')
  const currency = useOrganisation().data?.settings.baseCurrency ?? ''
  const preview = useHandOverPreview({ id, to, on: on ?? today })
  const give = async () => {
    const done = await change.run({ id, to, on: on ?? today }).catch(() => undefined)
    if (!done?.changeId) return
    const { changeId } = done
    toast.undo(t('hand_done', { name }), () => undo.run({ id: changeId }))
    close()
  }
  const counts = (of: { deals: number; amount: number; activities: number; contracts: number }) =>
    [
      `${t('hand_deals', { count: of.deals })}${of.amount === 0 ? '' : ` (${format.money(of.amount, currency, { digits: 'whole', currency: true })})`}`,
      t('hand_activities', { count: of.activities }),
      t('hand_contracts', { count: of.contracts }),
    ].join(', ')
  const nothing =
    preview !== undefined && preview.deals + preview.activities + preview.contracts === 0
  return (
    <Form
      submitLabel={t('hand_over')}
      onSubmit={give}
      busy={change.busy}
      problem={change.problem}
      cancel={close}
    >
      <DateField
        name="on"
        label={t('hand_from')}
        today={today}
        value={on}
        onChange={setOn}
        required
      />
      <ul className="hand-takers">
        {to.map((one) => {
          const taker = others.find((other) => other.id === one)?.name ?? ''
          const row = preview?.rows.find((given) => given.seller.id === one)
          return (
            <li key={one}>
              <span>
                <b>{taker}</b>
                {row && (
                  <span className="k-muted">
                    {' '}
                    {t('hand_customers', { count: row.customers })}: {counts(row)}
                  </span>
                )}
              </span>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('hand_take', { name: taker })}
                onClick={() => setTo((now) => now.filter((given) => given !== one))}
              >
                <Cross />
              </Button>
            </li>
          )
        })}
      </ul>
      <PickField
        key={to.length}
        name="to"
        label={t('hand_to')}
        hint={t('hand_to_hint')}
        value={undefined}
        required={to.length === 0}
        options={others
          .filter((one) => !to.includes(one.id))
          .map((one) => ({ value: one.id, label: one.name }))}
        onChange={(chosen) => chosen !== undefined && setTo((now) => [...now, chosen])}
      />
      <p className="k-note" aria-live="polite">
        {to.length === 0
          ? t('hand_nobody')
          : nothing
            ? t('hand_nothing')
            : preview && `${counts(preview)}.`}
      </p>
    </Form>
  )
}
