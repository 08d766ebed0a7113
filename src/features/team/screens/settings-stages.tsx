// Stages of a deal: listed in order, renamed in place, moved up and down, added at the end of their kind.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { Angle } from '../../../web/ui/icons.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { settingsTexts } from '../texts-settings.ts'
import { placesAfter } from './stage-places.ts'

type Stage = Answer<'stages.list'>['rows'][number]

export function StageSection() {
  const t = useTexts(settingsTexts)
  const stages = useOperation('stages.list', {})
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t('stages')}
      note={t('stages_note')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
          {t('add_stage')}
        </Button>
      }
    >
      <Answered query={stages} shape="panel">
        {({ rows }) => (
          <>
            <StageList rows={rows} />
            {adding && <NewStage rows={rows} close={() => setAdding(false)} />}
          </>
        )}
      </Answered>
    </Section>
  )
}

function StageList({ rows }: { rows: readonly Stage[] }) {
  const t = useTexts(settingsTexts)
  const edit = useChange('stages.edit')
  const undo = useChange('changes.undo')
  const [renamed, setRenamed] = useState<string>()
  const save = async (stage: Stage, input: { name?: string; position?: number }, said: string) => {
    try {
      const { changeId } = await edit.run({ id: stage.id, ...input }, { version: stage.version })
      toast.undo(said, () => undo.run({ id: changeId }))
      setRenamed(undefined)
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const move = async (stage: Stage, by: 1 | -1) => {
    const changes: string[] = []
    try {
      for (const moved of placesAfter(rows, stage, by)) {
        const { changeId } = await edit.run(
          { id: moved.stage.id, position: moved.position },
          { version: moved.stage.version },
        )
        changes.unshift(changeId)
      }
      toast.undo(t('stage_moved', { name: stage.name }), async () => {
        for (const id of changes) await undo.run({ id })
      })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const neighbour = (at: number, by: 1 | -1) => rows[at + by]?.outcome === rows[at]?.outcome
  return (
    <ol className="settings-list">
      {rows.map((stage, at) => (
        <li key={stage.id}>
          {renamed === stage.id ? (
            <Rename
              stage={stage}
              busy={edit.busy}
              close={() => setRenamed(undefined)}
              save={(name) => save(stage, { name }, t('stage_saved', { name }))}
            />
          ) : (
            <>
              <span className="settings-list-name">{stage.name}</span>
              <span className="k-muted">{t(stage.outcome)}</span>
              <span className="settings-list-acts">
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('rename_of', { name: stage.name })}
                  onClick={() => setRenamed(stage.id)}
                >
                  {t('rename')}
                </Button>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('up', { name: stage.name })}
                  disabled={edit.busy}
                  className={neighbour(at, -1) ? undefined : 'settings-nowhere'}
                  onClick={() => void move(stage, -1)}
                >
                  <Angle up />
                </Button>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('down', { name: stage.name })}
                  disabled={edit.busy}
                  className={neighbour(at, 1) ? undefined : 'settings-nowhere'}
                  onClick={() => void move(stage, 1)}
                >
                  <Angle />
                </Button>
              </span>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function Rename(props: {
  stage: Stage
  busy: boolean
  save: (name: string) => unknown
  close: () => void
}) {
  const { stage, busy, save, close } = props
  const t = useTexts(settingsTexts)
  const parts = useTexts(partTexts)
  const [name, setName] = useState(stage.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (wanted === stage.name) close()
    else if (wanted !== '') void save(wanted)
  }
  return (
    <form
      className="settings-rename"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <TextInput
        aria-label={t('rename_of', { name: stage.name })}
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

function NewStage(props: { rows: readonly Stage[]; close: () => void }) {
  const { rows, close } = props
  const t = useTexts(settingsTexts)
  const [name, setName] = useState('')
  const [outcome, setOutcome] = useState<Stage['outcome']>('open')
  const create = useChange('stages.create')
  const undo = useChange('changes.undo')
  const save = async () => {
    // Behind the last one of its kind: open stages stay before won and lost ones.
    const alike = rows.filter((stage) => stage.outcome === outcome)
    const position = Math.min(
      1000,
      Math.max(0, ...(alike.length > 0 ? alike : rows).map((stage) => stage.position)) + 1,
    )
    const written = await create.run({ name, outcome, position }).catch(() => undefined)
    if (!written) return
    toast.undo(t('stage_added', { name }), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Drawer title={t('add_stage')} close={close} print={false}>
      <Form
        submitLabel={t('add_stage')}
        onSubmit={save}
        busy={create.busy}
        problem={create.problem}
        cancel={close}
      >
        <TextField
          name="name"
          label={t('stage')}
          value={name}
          onChange={setName}
          required
          autoFocus
          maxLength={200}
        />
        <ChoiceField
          name="outcome"
          label={t('means')}
          required
          value={outcome}
          options={(['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(value) => setOutcome(value === 'won' || value === 'lost' ? value : 'open')}
        />
      </Form>
    </Drawer>
  )
}
