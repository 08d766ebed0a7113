// Who sold a deal with which share: one line each, one of them owns the deal, together 100 %.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { NumberField } from '../../../web/ui/form-inputs.tsx'
import { Cross } from '../../../web/ui/icons.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { equalShares } from '../calc/shares.ts'
import { boardTexts } from '../texts-board.ts'
import type { Deal } from './deal-values.ts'
import './drawers.css'

interface Line {
  key: number
  name: string
  id?: string
  percent: number | undefined
}

/** Shares are kept to a millionth, so percents have four decimals at most. */
const asPercent = (share: number) => Math.round(share * 1e6) / 1e4
const asShare = (percent: number) => Math.round(percent * 1e4) / 1e6

export function SellersDrawer({ deal, close }: { deal: Deal; close: () => void }) {
  const t = useTexts(boardTexts)
  const format = useFormat()
  const [lines, setLines] = useState<Line[]>(() => {
    const given = deal.sellers.map(({ seller, share }, key) => ({
      key,
      name: seller.name,
      id: seller.id,
      percent: asPercent(share),
    }))
    const wanted: Line[] = [...given]
    while (wanted.length < 2) wanted.push({ key: wanted.length, name: '', percent: undefined })
    return wanted
  })
  const [owner, setOwner] = useState(0)
  const change = useChange('deals.set-sellers')
  const undo = useChange('changes.undo')
  const set = (key: number, part: Partial<Line>) =>
    setLines((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const spread = (rows: readonly Line[]) => {
    const shares = equalShares(rows.length)
    return rows.map((line, index) => ({ ...line, percent: asPercent(shares[index] ?? 0) }))
  }
  const filled = lines.filter((line) => line.name.trim() !== '')
  const sum = filled.reduce((all, line) => all + (line.percent ?? 0), 0)
  const meant = ({ id, name }: Line) => {
    const known = deal.sellers.find((one) => one.seller.id === id)?.seller.name
    return id !== undefined && known === name.trim() ? { id } : { name: name.trim() }
  }
  const save = async () => {
    const first = filled.find((line) => line.key === owner) ?? filled[0]
    if (!first) return
    const written = await change
      .run(
        {
          id: deal.id,
          owner: meant(first),
          sellers: filled.map((line) => ({
            seller: meant(line),
            share: asShare(line.percent ?? 0),
          })),
        },
        { version: deal.version },
      )
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('sellers_saved'), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Drawer title={t('sellers_title')} note={t('sellers_note')} close={close} print={false}>
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={change.busy}
        problem={change.problem}
        cancel={close}
      >
        {lines.map((line, index) => (
          <SellerLine
            key={line.key}
            line={line}
            first={index === 0}
            owns={owner === line.key}
            own={() => setOwner(line.key)}
            set={(part) => set(line.key, part)}
            {...(lines.length > 1
              ? { take: () => setLines((now) => now.filter((one) => one.key !== line.key)) }
              : {})}
          />
        ))}
        <div className="sellers-acts">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              setLines((now) => [
                ...now,
                {
                  key: Math.max(...now.map((one) => one.key)) + 1,
                  name: '',
                  percent: undefined,
                },
              ])
            }
          >
            {t('add_seller')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => setLines(spread)}>
            {t('equal')}
          </Button>
          <span className={Math.abs(sum - 100) < 1e-6 ? 'k-muted' : 'sellers-wrong'}>
            {t('sum', { sum: format.rate(sum / 100, sum % 1 === 0 ? 0 : 2) })}
          </span>
        </div>
      </Form>
    </Drawer>
  )
}

function SellerLine(props: {
  line: Line
  first: boolean
  owns: boolean
  own: () => void
  set: (part: Partial<Line>) => void
  take?: () => void
}) {
  const { line, first, owns, own, set, take } = props
  const t = useTexts(boardTexts)
  const found = useOperation(
    'sellers.list',
    { limit: 12, search: line.name },
    { enabled: line.name !== '' },
  )
  const name = line.name.trim()
  return (
    <div className="sellers-line">
      <NameField
        name={`seller-${line.key}`}
        label={t('seller')}
        value={line.name}
        onChange={(value) => set({ name: value })}
        names={line.name === '' ? [] : (found.data?.rows ?? []).map((row) => row.name)}
        autoFocus={first}
      />
      <NumberField
        name={`share-${line.key}`}
        label={t('share')}
        value={line.percent}
        onChange={(percent) => set({ percent })}
        unit="%"
        required={name !== ''}
      />
      <div className="sellers-more">
        <label className="sellers-owner">
          <input
            type="radio"
            name="owner"
            checked={owns}
            onChange={own}
            aria-label={`${t('owner_is')}: ${name}`}
          />
          {t('owner')}
        </label>
        {take && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('take_seller', { name: name || t('seller') })}
            onClick={take}
          >
            <Cross />
          </Button>
        )}
      </div>
    </div>
  )
}
