// Putting an entry off until a day of one's choice.
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { todayTexts } from '../texts.ts'

interface SnoozeDrawerProps {
  name: string
  today: string
  begin: string
  putOff: (until: string) => void
  close: () => void
}

export function SnoozeDrawer({ name, today, begin, putOff, close }: SnoozeDrawerProps) {
  const t = useTexts(todayTexts)
  const [until, setUntil] = useState<string | undefined>(begin)
  return (
    <Drawer title={t('snooze_title')} note={name} close={close} print={false}>
      <Form
        submitLabel={t('snooze')}
        onSubmit={() => until !== undefined && putOff(until)}
        cancel={close}
      >
        <DateField
          name="until"
          label={t('until')}
          hint={t('until_hint')}
          today={today}
          value={until}
          onChange={setUntil}
          required
          autoFocus
        />
      </Form>
    </Drawer>
  )
}
