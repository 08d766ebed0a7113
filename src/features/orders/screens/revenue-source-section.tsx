// The setting that says from when deals or orders count as revenue.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField } from '../../../web/ui/form-inputs.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { revenueSourceTexts } from '../texts-revenue-source.ts'

type Entry = Answer<'revenue-source.list'>['rows'][number]
type Source = Entry['source']
const sources: readonly Source[] = ['deals', 'orders']

function useSince(): (from: string | undefined) => string {
  const t = useTexts(revenueSourceTexts)
  const format = useFormat()
  // The first day of all stands for "since ever".
  return (from) =>
    from === undefined || from < '1000' ? t('ever') : t('since', { day: format.date(from) })
}

export function RevenueSourceSection() {
  const t = useTexts(revenueSourceTexts)
  const list = useOperation('revenue-source.list', {})
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={t('title')}
      note={t('note')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t('change')}
        </Button>
      }
    >
      <Answered query={list} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="settings-none">{t('none')}</p>
          ) : (
            <ul className="settings-list">
              {rows.map((entry) => (
                <EntryLine key={entry.id} entry={entry} />
              ))}
            </ul>
          )
        }
      </Answered>
      {open && <SourceForm close={() => setOpen(false)} />}
    </Section>
  )
}

function EntryLine({ entry }: { entry: Entry }) {
  const t = useTexts(revenueSourceTexts)
  const since = useSince()
  const remove = useChange('revenue-source.remove')
  const undo = useChange('changes.undo')
  const words = { name: t(entry.source), since: since(entry.from) }
  const take = () =>
    remove
      .run({ id: entry.id }, { version: entry.version })
      .then(({ changeId }) => toast.undo(t('removed'), () => undo.run({ id: changeId })))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <li>
      <span className="settings-list-name">{words.name}</span>
      <span className="k-muted">{words.since}</span>
      <span className="settings-list-acts">
        <Button
          variant="subtle"
          size="compact-sm"
          loading={remove.busy}
          aria-label={t('remove_of', words)}
          onClick={() => void take()}
        >
          {t('remove')}
        </Button>
      </span>
    </li>
  )
}

function SourceForm({ close }: { close: () => void }) {
  const t = useTexts(revenueSourceTexts)
  const since = useSince()
  const today = useOrganisationDay() ?? ''
  const [source, setSource] = useState<Source>('orders')
  const [from, setFrom] = useState<string>()
  const set = useChange('revenue-source.set')
  const undo = useChange('changes.undo')
  const save = async () => {
    const written = await set
      .run({ source, ...(from === undefined ? {} : { from }) })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('set', { name: t(source), since: since(from) }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  return (
    <Drawer title={t('title')} note={t('note')} close={close} print={false}>
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={set.busy}
        problem={set.problem}
        cancel={close}
      >
        <ChoiceField
          name="source"
          label={t('source')}
          value={source}
          onChange={(value) => setSource(value as Source)}
          options={sources.map((one) => ({ value: one, label: t(one) }))}
          required
          autoFocus
        />
        <DateField
          name="from"
          label={t('month')}
          hint={t('month_hint')}
          today={today}
          value={from}
          onChange={setFrom}
        />
      </Form>
    </Drawer>
  )
}
