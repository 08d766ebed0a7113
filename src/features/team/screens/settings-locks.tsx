// Closed periods: which there are, closing one, opening one again by typing its name.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { dayAfter, dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { ConfirmByName } from '../../../web/ui/confirm-by-name.tsx'
import { DaySpanFields } from '../../../web/ui/day-span-fields.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { settingsTexts } from '../texts-settings.ts'

type Lock = Answer<'period-locks.list'>['rows'][number]

export function LockSection() {
  const t = useTexts(settingsTexts)
  const locks = useOperation('period-locks.list', {})
  const [closing, setClosing] = useState(false)
  return (
    <Section
      title={t('locks')}
      note={t('locks_note')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setClosing(true)}>
          {t('close_period')}
        </Button>
      }
    >
      <Answered query={locks} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="settings-none">{t('locks_none')}</p>
          ) : (
            <LockList rows={rows} />
          )
        }
      </Answered>
      {closing && <NewLock close={() => setClosing(false)} />}
    </Section>
  )
}

function LockList({ rows }: { rows: readonly Lock[] }) {
  const t = useTexts(settingsTexts)
  const format = useFormat()
  const remove = useChange('period-locks.remove')
  const [opening, setOpening] = useState<Lock>()
  const open = async (lock: Lock) => {
    try {
      await remove.run({ id: lock.id }, { version: lock.version })
      toast.done(t('opened', { name: lock.reason }))
      setOpening(undefined)
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <>
      <ul className="settings-list">
        {rows.map((lock) => (
          <li key={lock.id}>
            <span className="settings-list-name">{lock.reason}</span>
            <span className="k-muted">{format.range({ from: lock.from, until: lock.until })}</span>
            <span className="settings-list-acts">
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('open_again_of', { name: lock.reason })}
                onClick={() => setOpening(lock)}
              >
                {t('open_again')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {opening && (
        <ConfirmByName
          open
          title={t('open_title', { name: opening.reason })}
          name={opening.reason}
          consequence={t('open_consequence', {
            from: format.date(opening.from),
            until: format.date(dayBefore(opening.until)),
          })}
          action={t('open_again')}
          busy={remove.busy}
          onConfirm={() => void open(opening)}
          close={() => setOpening(undefined)}
        />
      )}
    </>
  )
}

function NewLock({ close }: { close: () => void }) {
  const t = useTexts(settingsTexts)
  const today = useOrganisationDay() ?? new Date().toISOString().slice(0, 10)
  const [from, setFrom] = useState<string>()
  const [last, setLast] = useState<string>()
  const [reason, setReason] = useState('')
  const lock = useChange('period-locks.set')
  const save = async () => {
    if (from === undefined || last === undefined) return
    const written = await lock
      .run({ from, until: dayAfter(last), reason: reason.trim() })
      .catch(() => undefined)
    if (!written) return
    toast.done(t('closed', { name: reason.trim() }))
    close()
  }
  return (
    <Drawer title={t('close_period')} note={t('locks_note')} close={close} print={false}>
      <Form
        submitLabel={t('close_period')}
        onSubmit={save}
        busy={lock.busy}
        problem={lock.problem}
        cancel={close}
      >
        <TextField
          name="reason"
          label={t('reason')}
          hint={t('reason_hint')}
          value={reason}
          onChange={setReason}
          required
          autoFocus
          maxLength={200}
        />
        <DaySpanFields
          today={today}
          first={{ name: 'from', label: t('from'), value: from, onChange: setFrom, required: true }}
          last={{
            name: 'until',
            label: t('until'),
            value: last,
            onChange: setLast,
            required: true,
          }}
        />
      </Form>
    </Drawer>
  )
}
