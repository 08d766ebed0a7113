// The form of a team, as a drawer: adding one below another, or changing name, kind or place of one.
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField } from '../../../web/ui/form-inputs.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { teamTexts } from '../texts.ts'
import { TeamField } from './seller-drawer.tsx'
import { isBelow, type Team, type TeamKind, teamKinds } from './team-tree.ts'

interface TeamValues {
  name: string
  kind: TeamKind
  parentId: string | undefined
}

function valuesOf(team: Answer<'teams.get'>): TeamValues {
  return { name: team.name, kind: team.kind, parentId: team.parent?.id }
}

function valuesOfColumns(columns: Readonly<Record<string, unknown>>): TeamValues {
  return {
    name: String(columns.name ?? ''),
    kind: teamKinds.find((kind) => kind === columns.kind) ?? 'team',
    parentId: typeof columns.parent_id === 'string' ? columns.parent_id : undefined,
  }
}

/** `value`: the id of a team, `new`, or `below:<id>` for a new one below another. */
export function TeamDrawer(props: DrawerProps) {
  const { value, close } = props
  const t = useTexts(teamTexts)
  const below = value.startsWith('below:') ? value.slice('below:'.length) : undefined
  const isNew = value === 'new' || below !== undefined
  const team = useOperation('teams.get', { id: value }, { enabled: !isNew })
  return (
    <Drawer title={t(isNew ? 'team_add' : 'team_edit')} close={close} print={false}>
      {isNew ? (
        <TeamForm below={below} close={close} />
      ) : (
        <Answered query={team} shape="panel">
          {(data) => <TeamForm key={data.id} team={data} close={close} />}
        </Answered>
      )}
    </Drawer>
  )
}

function TeamForm(props: {
  team?: Answer<'teams.get'>
  below?: string | undefined
  close: () => void
}) {
  const { team, below, close } = props
  const t = useTexts(teamTexts)
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const root = below ?? teams.find((one) => one.kind === 'company')?.id
  const [values, setValues] = useState<TeamValues>(
    team ? valuesOf(team) : { name: '', kind: 'team', parentId: below },
  )
  const [version, setVersion] = useState(team?.version)
  const [placed, setPlaced] = useState(team !== undefined || below !== undefined)
  const create = useChange('teams.create')
  const edit = useChange('teams.edit')
  const undo = useChange('changes.undo')
  const parentId = placed ? values.parentId : root
  const change = (part: Partial<TeamValues>) => setValues((now) => ({ ...now, ...part }))

  const save = async (over = version) => {
    const input = { name: values.name.trim(), kind: values.kind, parentId: parentId ?? null }
    const written = team
      ? await edit
          .run({ id: team.id, ...input }, over === undefined ? {} : { version: over })
          .catch(() => undefined)
      : await create.run(input).catch(() => undefined)
    if (!written) return
    const said = t(team ? 'saved' : 'was_added', { name: input.name })
    toast.undo(said, () => undo.run({ id: written.changeId }))
    close()
  }
  const problem = edit.problem ?? create.problem
  return (
    <>
      <RecordConflict
        problem={edit.problem}
        mine={values}
        read={valuesOfColumns}
        fields={[
          { key: 'name', label: t('name') },
          { key: 'kind', label: t('team_kind'), show: (kind) => t(`kind_${kind as TeamKind}`) },
          {
            key: 'parentId',
            label: t('parent'),
            show: (id) => nameOf(teams, id) ?? t('parent_none'),
          },
        ]}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
        busy={edit.busy}
      />
      <Form
        submitLabel={t(team ? 'save' : 'add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
      >
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={(name) => change({ name })}
          maxLength={200}
          required
          autoFocus
        />
        <ChoiceField
          name="kind"
          label={t('team_kind')}
          value={values.kind}
          onChange={(kind) => change({ kind: teamKinds.find((one) => one === kind) ?? 'team' })}
          options={teamKinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
          required
        />
        <TeamField
          name="parentId"
          label={t('parent')}
          value={parentId}
          onChange={(id) => {
            setPlaced(true)
            change({ parentId: id })
          }}
          without={(id) => team !== undefined && isBelow(teams, id, team.id)}
        />
      </Form>
    </>
  )
}

function nameOf(teams: readonly Team[], id: string | undefined): string | undefined {
  return teams.find((team) => team.id === id)?.name
}
