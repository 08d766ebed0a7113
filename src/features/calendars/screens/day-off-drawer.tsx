// Entering, changing or removing days off, or days on which somebody works all the same.
import { Button } from '@mantine/core'
import { daysAfter } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { DaySpanFields } from '../../../web/ui/day-span-fields.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { calendarsTexts } from '../texts.ts'
import type { Exception } from './day-marks.tsx'

interface Values {
  kind: 'off' | 'works'
  from: string | undefined
  last: string | undefined
  share: string
  reason: string
}

interface DayOffDrawerProps {
  /** Whose, as the operation takes it. */
  whose: { teamId?: string; sellerId?: string }
  name: string
  today: string
  exception?: Exception
  /** Day a new one begins with. */
  day?: string | undefined
  close: () => void
}

export function DayOffDrawer(props: DayOffDrawerProps) {
  const { whose, name, today, exception, day, close } = props
  const t = useTexts(calendarsTexts)
  const format = useFormat()
  const create = useChange('calendar-exceptions.create')
  const edit = useChange('calendar-exceptions.edit')
  const remove = useChange('calendar-exceptions.remove')
  const words = (
    key: 'off_added' | 'off_changed' | 'off_removed',
    { kind, from = today, last = from }: Pick<Values, 'kind' | 'from' | 'last'>,
  ) =>
    t(key, {
      what: t(`kind_${kind}`),
      range: format.range({ from, until: daysAfter(last, 1) }),
    })
  const form = useRecordForm<Values>({
    begin: {
      kind: exception?.kind ?? 'off',
      from: exception?.from ?? day,
      last: exception ? daysAfter(exception.until, -1) : undefined,
      share: String(exception?.share ?? 1),
      reason: exception?.reason ?? '',
    },
    version: exception?.version,
    edit,
    others: [create, remove],
    send: ({ kind, from, last, share, reason }, over) => {
      if (from === undefined) return undefined
      const given = {
        kind,
        from,
        until: daysAfter(last ?? from, 1),
        share: Number(share),
        reason: reason.trim() || null,
      }
      return exception
        ? edit.run({ id: exception.id, ...given }, over)
        : create.run({ ...whose, ...given })
    },
    said: (values) => words(exception ? 'off_changed' : 'off_added', values),
    close,
  })
  const { values, set } = form
  const takeOut = async () => {
    if (!exception) return
    const written = await remove.run({ id: exception.id }, form.over).catch(() => undefined)
    if (written)
      form.finish(
        words('off_removed', { ...exception, last: daysAfter(exception.until, -1) }),
        written,
      )
  }
  // Shares that somebody set elsewhere stay choosable.
  const shares = [...new Set(['1', '0.5', values.share])]
  return (
    <Drawer
      title={t(exception ? 'off_edit_title' : 'off_title')}
      note={t('off_note', { name })}
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={(columns) => ({
          kind: columns.kind === 'works' ? ('works' as const) : ('off' as const),
          from: String(columns.valid_from ?? ''),
          last: daysAfter(String(columns.valid_until ?? today), -1),
          share: String(columns.share ?? 1),
          reason: String(columns.reason ?? ''),
        })}
        fields={[
          { key: 'from', label: t('first') },
          { key: 'last', label: t('last') },
          { key: 'reason', label: t('reason') },
        ]}
      />
      <Form
        submitLabel={t(exception ? 'save' : 'add')}
        {...form.sending}
        extra={
          exception ? (
            <Button variant="default" disabled={remove.busy} onClick={() => void takeOut()}>
              {t('remove')}
            </Button>
          ) : undefined
        }
      >
        <Pills
          labelled
          label={t('kind')}
          value={values.kind}
          options={(['off', 'works'] as const).map((value) => ({
            value,
            label: t(`kind_${value}`),
          }))}
          onChange={set('kind')}
        />
        {values.kind === 'works' && <p className="workdays-hint">{t('kind_works_hint')}</p>}
        <DaySpanFields
          today={today}
          first={{
            name: 'from',
            label: t('first'),
            value: values.from,
            onChange: set('from'),
            required: true,
            autoFocus: values.from === undefined,
          }}
          last={{
            name: 'until',
            label: t('last'),
            hint: t('last_hint'),
            value: values.last,
            onChange: set('last'),
            autoFocus: values.from !== undefined,
          }}
        />
        <ChoiceField
          name="share"
          label={t('how_much')}
          value={values.share}
          onChange={set('share')}
          options={shares.map((value) => ({
            value,
            label:
              value === '1'
                ? t('whole')
                : value === '0.5'
                  ? t('half')
                  : format.rate(Number(value), 0),
          }))}
          required
        />
        <TextField
          name="reason"
          label={t('reason')}
          hint={t('reason_hint')}
          value={values.reason}
          onChange={set('reason')}
          maxLength={200}
        />
      </Form>
    </Drawer>
  )
}
