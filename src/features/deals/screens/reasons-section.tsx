// Reasons for lost deals in the settings: added, renamed in place, archived and brought back.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { boardTexts } from '../texts-board.ts'

type Reason = Answer<'lost-reasons.list'>['rows'][number]

export function ReasonSection() {
  const t = useTexts(boardTexts)
  const active = useOperation('lost-reasons.list', {})
  const archived = useOperation('lost-reasons.list', { state: 'archived' })
  const [adding, setAdding] = useState(false)
  const create = useChange('lost-reasons.create')
  const undo = useChange('changes.undo')
  const add = async (name: string) => {
    try {
      const { changeId } = await create.run({ name })
      toast.undo(t('reason_added', { name }), () => undo.run({ id: changeId }))
      setAdding(false)
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <Section
      title={t('reasons')}
      note={t('reasons_note')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
          {t('add_reason')}
        </Button>
      }
    >
      <Answered query={active} shape="panel">
        {({ rows }) => (
          <>
            {adding && (
              <NameLine
                label={t('reason')}
                name=""
                busy={create.busy}
                close={() => setAdding(false)}
                save={add}
              />
            )}
            {rows.length === 0 && !adding && <p className="settings-none">{t('reasons_none')}</p>}
            <ul className="settings-list">
              {[...rows, ...(archived.data?.rows ?? [])].map((reason) => (
                <ReasonLine key={reason.id} reason={reason} />
              ))}
            </ul>
          </>
        )}
      </Answered>
    </Section>
  )
}

function ReasonLine({ reason }: { reason: Reason }) {
  const t = useTexts(boardTexts)
  const edit = useChange('lost-reasons.edit')
  const setState = useChange('lost-reasons.set-state')
  const undo = useChange('changes.undo')
  const [renaming, setRenaming] = useState(false)
  const { id, version } = reason
  const said = (work: Promise<{ changeId: string }>, text: string) =>
    work
      .then(({ changeId }) => {
        toast.undo(text, () => undo.run({ id: changeId }))
        setRenaming(false)
      })
      .catch((thrown) => toast.problem(asProblem(thrown)))
  if (renaming) {
    return (
      <li>
        <NameLine
          label={t('rename_of', { name: reason.name })}
          name={reason.name}
          busy={edit.busy}
          close={() => setRenaming(false)}
          save={(name) => said(edit.run({ id, name }, { version }), t('reason_saved', { name }))}
        />
      </li>
    )
  }
  const gone = reason.state === 'archived'
  const turn = () =>
    said(
      setState.run({ id, state: gone ? 'active' : 'archived' }, { version }),
      t(gone ? 'reason_back' : 'reason_archived', { name: reason.name }),
    )
  return (
    <li>
      <span className="settings-list-name">{reason.name}</span>
      {gone && <span className="k-muted">{t('archived')}</span>}
      <span className="settings-list-acts">
        {!gone && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('rename_of', { name: reason.name })}
            onClick={() => setRenaming(true)}
          >
            {t('rename')}
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t(gone ? 'bring_back_of' : 'archive_of', { name: reason.name })}
          loading={setState.busy}
          onClick={() => void turn()}
        >
          {t(gone ? 'bring_back' : 'archive')}
        </Button>
      </span>
    </li>
  )
}

function NameLine(props: {
  label: string
  name: string
  busy: boolean
  save: (name: string) => unknown
  close: () => void
}) {
  const { label, busy, save, close } = props
  const parts = useTexts(partTexts)
  const [name, setName] = useState(props.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (wanted === props.name) close()
    else if (wanted !== '') void save(wanted)
  }
  return (
    <form
      className="settings-rename"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <TextInput
        aria-label={label}
        value={name}
        maxLength={200}
        ref={(element) => element?.focus()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy}>
        {parts('save')}
      </Button>
      <Button variant="subtle" onClick={close}>
        {parts('cancel')}
      </Button>
    </form>
  )
}
