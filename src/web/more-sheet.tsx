// What “More” opens on small screens.
import { Drawer } from '@mantine/core'
import { useTexts } from './language.ts'
import { type NavProps, WholeNav } from './nav.tsx'
import { partTexts, shellTexts } from './texts.ts'
import { useFocusBack } from './ui/focus-back.ts'

export function MoreSheet(props: NavProps & { close: () => void }) {
  const { close, ...nav } = props
  const t = useTexts(shellTexts)
  const parts = useTexts(partTexts)
  useFocusBack()
  return (
    <Drawer
      opened
      onClose={close}
      returnFocus={false}
      position="bottom"
      size="auto"
      title={t('more')}
      closeButtonProps={{ 'aria-label': parts('close') }}
      // A link inside was followed: the sheet has done its work.
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) close()
      }}
    >
      <WholeNav {...nav} />
    </Drawer>
  )
}
