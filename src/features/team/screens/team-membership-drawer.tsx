// Putting a seller into a team, setting its lead, ending a membership: each from a day, as a drawer.
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { teamTexts } from '../texts.ts'
import { useNamesToChoose } from './names-to-choose.ts'
import { TeamField } from './seller-drawer.tsx'
import { EndTenureForm } from './tenure.tsx'

/**
 * `value`: `member:<team>` adds a member, `lead:<team>` sets the lead, `seller:<seller>` puts that
 * seller into a team, `end:<team>:<membership>` ends one.
 */
export function MembershipDrawer(props: DrawerProps) {
  const { value, close } = props
  const [what = '', id = '', membershipId = ''] = value.split(':')
  if (what === 'seller') return <SellerIntoTeam sellerId={id} close={close} />
  if (what === 'end') return <EndMembership teamId={id} membershipId={membershipId} close={close} />
  return <IntoTeam teamId={id} kind={what === 'lead' ? 'lead' : 'member'} close={close} />
}

/** Saves and says so, with the way to undo it; true when it is done. */
function useSet() {
  const set = useChange('memberships.set')
  const undo = useChange('changes.undo')
  const run = async (input: Parameters<typeof set.run>[0], said: string): Promise<boolean> => {
    const written = await set.run(input).catch(() => undefined)
    if (!written) return false
    toast.undo(said, () => undo.run({ id: written.changeId }))
    return true
  }
  return { run, busy: set.busy, problem: set.problem }
}

function FromField(props: {
  value: string | undefined
  onChange: (day: string | undefined) => void
}) {
  const t = useTexts(teamTexts)
  const today = useOrganisationDay() ?? ''
  return (
    <DateField
      name="validFrom"
      label={t('from')}
      hint={`${t('from_hint')} ${t('before_hint')}`}
      today={today}
      value={props.value}
      onChange={props.onChange}
    />
  )
}

function SellerIntoTeam(props: { sellerId: string; close: () => void }) {
  const { sellerId, close } = props
  const t = useTexts(teamTexts)
  const [teamId, setTeamId] = useState<string>()
  const [from, setFrom] = useState<string>()
  const seller = useOperation('sellers.get', { id: sellerId }).data
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const set = useSet()
  const name = seller?.name ?? ''
  const save = async () => {
    if (teamId === undefined) return
    const team = teams.find((one) => one.id === teamId)?.name ?? ''
    const input = {
      teamId,
      kind: 'member' as const,
      sellerId,
      ...(from === undefined ? {} : { validFrom: from }),
    }
    if (await set.run(input, t('placed', { name, team }))) close()
  }
  return (
    <Drawer title={t('seller_into', { name })} close={close} print={false}>
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={set.busy}
        problem={set.problem}
        cancel={close}
      >
        <TeamField value={teamId} onChange={setTeamId} required />
        <FromField value={from} onChange={setFrom} />
      </Form>
    </Drawer>
  )
}

function IntoTeam(props: { teamId: string; kind: 'member' | 'lead'; close: () => void }) {
  const { teamId, kind, close } = props
  const t = useTexts(teamTexts)
  const [chosen, setChosen] = useState<string>()
  const [newName, setNewName] = useState('')
  const [from, setFrom] = useState<string>()
  const [nobody, setNobody] = useState(false)
  const team = useOperation('teams.get', { id: teamId }).data?.name ?? ''
  const people = useNamesToChoose(kind === 'member' ? 'seller' : 'person')
  const set = useSet()
  const save = async () => {
    const given = newName.trim()
    setNobody(chosen === undefined && given === '')
    if (chosen === undefined && given === '') return
    const name = people.options.find((one) => one.value === chosen)?.label ?? given
    const start = from === undefined ? {} : { validFrom: from }
    const input =
      kind === 'member'
        ? { teamId, kind, sellerId: chosen ?? '', ...start }
        : {
            teamId,
            kind,
            ...(chosen === undefined ? { personName: given } : { personId: chosen }),
            ...start,
          }
    if (await set.run(input, t(kind === 'lead' ? 'led' : 'placed', { name, team }))) close()
  }
  const field = kind === 'member' ? 'sellerId' : 'personId'
  return (
    <Drawer
      title={t(kind === 'lead' ? 'lead_of' : 'member_of', { name: team })}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={set.busy}
        problem={set.problem}
        errors={nobody ? { [field]: t('in_words_person') } : {}}
        cancel={close}
      >
        <PickField
          name={field}
          label={kind === 'member' ? t('seller') : t('lead')}
          value={chosen}
          onChange={setChosen}
          options={people.options}
          onSearch={people.search}
          required={kind === 'member'}
          autoFocus
        />
        {kind === 'lead' && chosen === undefined && (
          <TextField
            name="personName"
            label={t('new_person')}
            hint={t('new_person_hint')}
            value={newName}
            onChange={setNewName}
            maxLength={200}
          />
        )}
        <FromField value={from} onChange={setFrom} />
      </Form>
    </Drawer>
  )
}

function EndMembership(props: { teamId: string; membershipId: string; close: () => void }) {
  const { teamId, membershipId, close } = props
  const t = useTexts(teamTexts)
  const team = useOperation('teams.get', { id: teamId })
  const end = useChange('memberships.end')
  const membership = team.data?.memberships.find((one) => one.id === membershipId)
  const name = membership?.seller?.name ?? membership?.person?.name ?? ''
  return (
    <Drawer
      title={t('end_title', { name, team: team.data?.name ?? '' })}
      close={close}
      print={false}
    >
      <Answered query={team} shape="panel">
        {() =>
          membership === undefined ? (
            <Empty kind="nothing-for-filter" title={t('not_there')} />
          ) : (
            <EndTenureForm
              id={membership.id}
              version={membership.version}
              end={end}
              said={() => t('ended', { name, team: membership.team.name })}
              close={close}
            />
          )
        }
      </Answered>
    </Drawer>
  )
}
