// The changes between two days: what, who, which rows, what it did to revenue, and the way back.
import { useState } from 'react'
import { useLookingBack } from '../../../web/address.tsx'
import type { Answer, Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import {
  ChangeWhat,
  TakeBackButton,
  useChangeWords,
  useTakeBack,
} from '../../team/screens/change-row.tsx'
import { betweenTexts } from '../texts-between.ts'
import { Effect } from './between-months.tsx'
import { useTableWords } from './between-sides.tsx'

type Change = Answer<'trust.between-changes'>['rows'][number]

/** Where the page of what a change is about stands. */
const places: Readonly<Record<string, string>> = {
  import: 'imports',
  deal: 'deals',
  order_head: 'orders',
  customer: 'customers',
  product: 'products',
  contact: 'contacts',
  seller: 'sellers',
  team: 'teams',
}

export interface BetweenChangesProps {
  input: Omit<Given<'trust.between-changes'>, 'cursor' | 'order'>
  currency: string
}

export function BetweenChanges(props: BetweenChangesProps) {
  const { input, currency } = props
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const zone = useOrganisation().data?.settings.zone
  const [order, setOrder] = useState<'effect' | 'latest'>('effect')
  const list = usePages('trust.between-changes', { ...input, order })
  const take = useTakeBack()
  const say = useChangeWords()
  const rowWords = useRowWords()
  const lookingBack = useLookingBack()
  const columns: Column<Change>[] = [
    { id: 'what', head: t('column_done'), main: true, cell: (row) => <ChangeWhat change={row} /> },
    { id: 'who', head: t('who'), cell: (row) => row.actor.name },
    {
      id: 'when',
      head: t('column_when'),
      cell: (row) => <time dateTime={row.at}>{format.instant(row.at, zone)}</time>,
    },
    { id: 'rows', head: t('column_rows'), cell: (row) => rowWords(row) },
    {
      id: 'effect',
      head: t('column_effect'),
      align: 'right',
      keep: true,
      width: '130px',
      cell: (row) => <Effect minor={row.effect} currency={currency} />,
    },
  ]
  // While looking back nothing is written.
  if (!lookingBack) {
    columns.push({
      id: 'back',
      head: t('column_back'),
      align: 'right',
      width: '120px',
      cell: (row) => <TakeBackButton change={row} take={take} />,
    })
  }
  return (
    <Section
      title={t('list')}
      note={t('list_note')}
      actions={
        <Pills
          label={t('order')}
          value={order}
          options={(['effect', 'latest'] as const).map((value) => ({
            value,
            label: t(`order_${value}`),
          }))}
          onChange={setOrder}
        />
      }
    >
      <Answered query={list.query} shape="table">
        {() => (
          <DataTable
            caption={t('list')}
            rows={list.rows}
            columns={columns}
            rowId={(row) => row.id}
            rowLabel={(row) => {
              const { words, about } = say(row)
              return `${words} ${about}`.trim()
            }}
            rowLink={(row) => {
              const place = row.about ? places[row.about.entity] : undefined
              return row.about && place !== undefined
                ? { to: `${place}/${row.about.id}` }
                : undefined
            }}
            more={list.more}
            stale={list.query.isStale}
          />
        )}
      </Answered>
    </Section>
  )
}

/** Follows from deals and orders, or is there for the program's own sake: said only where there is nothing else. */
const silent = new Set(['sale', 'stage_entry', 'deal_seller', 'alias'])
const tablesShown = 2

/** “Deals: 2 added, 1 changed” for the tables of which most rows were touched. */
function useRowWords(): (change: Change) => string {
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const tableWords = useTableWords()
  return ({ tables }) => {
    const spoken = tables.filter(({ table }) => !silent.has(table))
    const size = (row: Change['tables'][number]) => row.added + row.replaced + row.closed
    return [...(spoken.length > 0 ? spoken : tables)]
      .sort((a, b) => size(b) - size(a))
      .slice(0, tablesShown)
      .map((row) => {
        const parts = (['added', 'replaced', 'closed'] as const).flatMap((id) =>
          row[id] > 0 ? [t(id, { count: format.count(row[id]) })] : [],
        )
        return `${tableWords(row.table)}: ${parts.join(', ')}`
      })
      .join(' · ')
  }
}
