// The dated prices of a product: listed newest first, added, changed and removed in a drawer.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { dayAfter, dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { DaySpanFields } from '../../../web/ui/day-span-fields.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { MoneyField } from '../../../web/ui/form-inputs.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { pricesTexts } from '../texts-prices.ts'
import './prices.css'

type Price = Answer<'prices.list'>['rows'][number]

export function PricesSection(props: { product: { id: string; currency: string | null } }) {
  const { product } = props
  const t = useTexts(pricesTexts)
  const list = useOperation('prices.list', { productId: product.id })
  const [open, setOpen] = useState<Price | 'new'>()
  return (
    <Section
      title={t('prices')}
      note={t('note')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setOpen('new')}>
          {t('add')}
        </Button>
      }
    >
      <Answered query={list} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="prices-none">{t('none')}</p>
          ) : (
            <ul className="prices-list">
              {rows.map((price) => (
                <PriceLine key={price.id} price={price} edit={() => setOpen(price)} />
              ))}
            </ul>
          )
        }
      </Answered>
      {open && (
        <PriceForm
          product={product}
          price={open === 'new' ? undefined : open}
          close={() => setOpen(undefined)}
        />
      )}
    </Section>
  )
}

function PriceLine({ price, edit }: { price: Price; edit: () => void }) {
  const t = useTexts(pricesTexts)
  const format = useFormat()
  const { from, until, currency, listPrice, cost } = price
  const money = (amount: number) => format.money(amount, currency, { currency: true })
  return (
    <li>
      <span>
        {until === null ? t('open', { day: format.date(from) }) : format.range({ from, until })}
      </span>
      {listPrice !== null && <span>{money(listPrice)}</span>}
      {cost !== null && (
        <span className="k-muted">
          {t('cost')} {money(cost)}
        </span>
      )}
      <Button
        className="prices-end"
        variant="subtle"
        size="compact-sm"
        aria-label={t('edit_of', { day: format.date(from) })}
        onClick={edit}
      >
        {t('edit')}
      </Button>
    </li>
  )
}

const currencyForm = /^[A-Z]{3}$/

function PriceForm(props: {
  product: { id: string; currency: string | null }
  price: Price | undefined
  close: () => void
}) {
  const { product, price, close } = props
  const t = useTexts(pricesTexts)
  const format = useFormat()
  const today = useOrganisationDay() ?? ''
  const base = useOrganisation().data?.settings.baseCurrency ?? 'EUR'
  const [typed, setTyped] = useState(price?.currency ?? product.currency ?? base)
  const [listPrice, setListPrice] = useState(price?.listPrice ?? undefined)
  const [cost, setCost] = useState(price?.cost ?? undefined)
  const [from, setFrom] = useState(price?.from)
  const [last, setLast] = useState(price?.until ? dayBefore(price.until) : undefined)
  const create = useChange('prices.create')
  const edit = useChange('prices.edit')
  const remove = useChange('prices.remove')
  const undo = useChange('changes.undo')
  const currency = typed.trim().toUpperCase()
  // Amounts need a currency that can be written; while it is typed they stay in the one before.
  const written = currencyForm.test(currency) ? currency : base

  const done = (said: 'added' | 'saved' | 'removed', day: string, changeId: string) => {
    toast.undo(t(said, { day: format.date(day) }), () => undo.run({ id: changeId }))
    close()
  }
  const save = async () => {
    if (from === undefined) return
    const input = {
      listPrice: listPrice ?? null,
      cost: cost ?? null,
      from,
      until: last === undefined ? null : dayAfter(last),
    }
    const answer = await (price
      ? edit.run({ id: price.id, ...input }, { version: price.version })
      : create.run({ productId: product.id, currency, ...input })
    ).catch(() => undefined)
    if (answer) done(price ? 'saved' : 'added', from, answer.changeId)
  }
  const take = (gone: Price) =>
    remove
      .run({ id: gone.id }, { version: gone.version })
      .then(({ changeId }) => done('removed', gone.from, changeId))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <Drawer title={t(price ? 'edit' : 'add')} close={close} print={false}>
      <Form
        submitLabel={t(price ? 'save' : 'add')}
        onSubmit={save}
        busy={create.busy || edit.busy}
        problem={create.problem ?? edit.problem}
        cancel={close}
        extra={
          price && (
            <Button variant="subtle" loading={remove.busy} onClick={() => void take(price)}>
              {t('remove')}
            </Button>
          )
        }
      >
        <TextField
          name="currency"
          label={t('currency')}
          value={typed}
          onChange={setTyped}
          maxLength={3}
          required
          disabled={price !== undefined}
        />
        <FieldRow>
          <MoneyField
            name="listPrice"
            label={t('list_price')}
            currency={written}
            value={listPrice}
            onChange={setListPrice}
            autoFocus
          />
          <MoneyField
            name="cost"
            label={t('cost')}
            currency={written}
            value={cost}
            onChange={setCost}
          />
        </FieldRow>
        <DaySpanFields
          today={today}
          first={{ name: 'from', label: t('from'), value: from, onChange: setFrom, required: true }}
          last={{
            name: 'until',
            label: t('last'),
            hint: t('last_hint'),
            value: last,
            onChange: setLast,
          }}
        />
      </Form>
    </Drawer>
  )
}
