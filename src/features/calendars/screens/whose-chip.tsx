// Whose calendar is on the screen: the organisation's, a team's, one's own or another seller's.
import { useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu } from '../../../web/ui/chip.tsx'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { calendarsTexts } from '../texts.ts'

export interface WhoseShown {
  /** As operations take it. */
  input: { teamId?: string; sellerId?: string }
  /** As the address has it. */
  value: string
}

/** Read from the address; who sells begins with the own calendar. */
export function useWhose(): WhoseShown {
  const { of } = useSearch()
  const own = useOrganisation().data?.me.seller
  const [kind, id] = (of ?? '').split(':')
  if (kind === 'team' && id) return { input: { teamId: id }, value: `team:${id}` }
  if (kind === 'seller' && id) return { input: { sellerId: id }, value: `seller:${id}` }
  if (of === undefined && own) return { input: { sellerId: own.id }, value: `seller:${own.id}` }
  return { input: {}, value: 'organisation' }
}

export function WhoseChip({ whose }: { whose: WhoseShown }) {
  const t = useTexts(calendarsTexts)
  const setSearch = useSetSearch()
  const facts = useOrganisation().data
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const sellerId = whose.input.sellerId
  const chosen = useOperation(
    'sellers.get',
    { id: sellerId ?? '' },
    { enabled: sellerId !== undefined },
  ).data
  const own = facts?.me.seller
  const show = (of: string) =>
    setSearch({ of, off: undefined, day: undefined, calendar: undefined })
  const seller = sellerId === undefined ? undefined : chosen?.name
  const options = [
    { value: 'organisation', label: facts?.settings.name || facts?.name || '' },
    ...(own ? [{ value: `seller:${own.id}`, label: own.name }] : []),
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
  ]
  const isOther = seller !== undefined && sellerId !== own?.id
  return (
    <>
      <ChipMenu
        label={t('of')}
        value={isOther ? seller : whose.value}
        options={options}
        onChoose={show}
      />
      <OtherSeller choose={(id) => show(`seller:${id}`)} />
    </>
  )
}

/** Any seller by typing; there may be thousands. */
function OtherSeller({ choose }: { choose: (id: string) => void }) {
  const t = useTexts(calendarsTexts)
  const [typed, setTyped] = useState('')
  const found = useOperation('sellers.list', { limit: 20, ...(typed ? { search: typed } : {}) })
  return (
    <ChipPopover
      label={t('of_find')}
      choose={t('of_find_more')}
      said={{ offer: t('of_find_more'), clear: t('of_find_more') }}
      onClosed={() => setTyped('')}
    >
      {(close) => (
        <PickField
          name="seller"
          label={t('of_find')}
          value={undefined}
          onSearch={setTyped}
          onChange={(id) => {
            if (id === undefined) return
            choose(id)
            close()
          }}
          options={(found.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </ChipPopover>
  )
}
