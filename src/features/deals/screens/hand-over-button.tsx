// The way to handing over what is open with a seller, for the seller's page.
import { Button } from '@mantine/core'
import { useSetSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { boardTexts } from '../texts-board.ts'

export function HandOverButton({ sellerId }: { sellerId: string }) {
  const t = useTexts(boardTexts)
  const setSearch = useSetSearch()
  return (
    <Button variant="default" onClick={() => setSearch({ hand_over: sellerId })}>
      {t('hand_over')}
    </Button>
  )
}
