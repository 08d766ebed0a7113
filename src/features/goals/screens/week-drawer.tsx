// The week of the running goals as text to copy.
import { Button } from '@mantine/core'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { goalsTexts } from '../texts.ts'
import './goals.css'

export function WeekDrawer({ close }: DrawerProps) {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const query = useOperation('goals.summary', { lang })
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(() => toast.done(t('copied')))
  return (
    <Drawer title={t('week_title')} note={t('week_note')} close={close}>
      <Answered query={query} shape="panel">
        {({ text }) => (
          <>
            <Button className="k-no-print" data-autofocus onClick={() => copy(text)}>
              {t('copy')}
            </Button>
            <pre className="goals-week">{text}</pre>
          </>
        )}
      </Answered>
    </Drawer>
  )
}
