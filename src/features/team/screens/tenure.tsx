// How long somebody is in a team or holds a position: shown in two columns, ended by a form.
import { useState } from 'react'
import { dayAfter, dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { type Change, useChange } from '../../../web/queries.ts'
import type { Column } from '../../../web/ui/data-table.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { sinceEver, untilFurtherNotice } from '../calc/succession.ts'
import { teamTexts } from '../texts.ts'
import { useMayManage } from './team-rights.ts'

/** Half-open days. */
interface Tenure {
  validFrom: string
  validUntil: string
}

/** The columns from and until; what is not over can be ended by who may. `ending` names it to who only hears it. */
export function useTenureColumns<Row extends Tenure>(
  ending: (row: Row) => string,
  end: (row: Row) => void,
): { from: Column<Row>; until: Column<Row> } {
  const t = useTexts(teamTexts)
  const format = useFormat()
  const mayManage = useMayManage()
  const today = useOrganisationDay() ?? untilFurtherNotice
  return {
    from: {
      id: 'from',
      head: t('from'),
      cell: ({ validFrom }) => (validFrom === sinceEver ? t('since_ever') : format.date(validFrom)),
    },
    until: {
      id: 'until',
      head: t('until'),
      keep: true,
      cell: (row) => (
        <>
          {row.validUntil === untilFurtherNotice
            ? t('further_notice')
            : format.date(dayBefore(row.validUntil))}
          {mayManage && row.validUntil > today && (
            <span className="k-no-print">
              {' · '}
              <button
                type="button"
                className="k-link"
                aria-label={ending(row)}
                onClick={() => end(row)}
              >
                {t('end')}
              </button>
            </span>
          )}
        </>
      ),
    },
  }
}

/** Asks for the last day, ends it, and says so with the way to undo it. */
export function EndTenureForm(props: {
  id: string
  version: number
  end: Change<'memberships.end' | 'positions.vacate'>
  said: (last: string) => string
  close: () => void
}) {
  const { id, version, end, said, close } = props
  const t = useTexts(teamTexts)
  const today = useOrganisationDay() ?? ''
  const [last, setLast] = useState<string | undefined>(today || undefined)
  const undo = useChange('changes.undo')
  const save = async () => {
    if (last === undefined) return
    const written = await end.run({ id, on: dayAfter(last) }, { version }).catch(() => undefined)
    if (!written) return
    toast.undo(said(last), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Form
      submitLabel={t('end')}
      onSubmit={save}
      busy={end.busy}
      problem={end.problem}
      cancel={close}
    >
      <DateField
        name="on"
        label={t('last_day')}
        today={today}
        value={last}
        onChange={setLast}
        required
        autoFocus
      />
    </Form>
  )
}
