// One position in a drawer: who held it when; changed, filled, and time in it ended.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dayAfter } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DaySpanFields } from '../../../web/ui/day-span-fields.tsx'
import { Drawer, DrawerPart } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { positionTexts } from '../texts-positions.ts'
import { useNamesToChoose } from './names-to-choose.ts'
import { HistoryButton } from './record-history.tsx'
import { TeamField } from './seller-drawer.tsx'
import { useMayManage } from './team-rights.ts'
import { EndTenureForm, useTenureColumns } from './tenure.tsx'

type Position = Answer<'positions.get'>
type Holding = Position['holders'][number]

/** `value`: the id of a position, `new`, or `below:<team>` for a new one of a team. */
export function PositionDrawer({ value, close }: DrawerProps) {
  const t = useTexts(positionTexts)
  const teamId = value.startsWith('below:') ? value.slice('below:'.length) : undefined
  const isNew = value === 'new' || teamId !== undefined
  const query = useOperation('positions.get', { id: value }, { enabled: !isNew })
  if (isNew) return <PositionForm teamId={teamId} close={close} />
  if (query.data?.id === value) return <PositionSheet position={query.data} close={close} />
  return (
    <Drawer title={t('name')} close={close} print={false}>
      <Answered query={query} shape="panel">
        {() => null}
      </Answered>
    </Drawer>
  )
}

function PositionSheet({ position, close }: { position: Position; close: () => void }) {
  const [doing, setDoing] = useState<'look' | 'change' | 'fill' | Holding>('look')
  const back = () => setDoing('look')
  if (doing === 'change') return <PositionForm position={position} close={back} />
  if (doing === 'fill') return <FillDrawer position={position} close={back} />
  if (doing !== 'look') return <EndDrawer position={position} holding={doing} close={back} />
  return <PositionLook position={position} close={close} setDoing={setDoing} />
}

function PositionLook(props: {
  position: Position
  close: () => void
  setDoing: (doing: 'change' | 'fill' | Holding) => void
}) {
  const { position, close, setDoing } = props
  const t = useTexts(positionTexts)
  const mayManage = useMayManage()
  const tenure = useTenureColumns<Holding>((row) => `${t('end')}: ${row.seller.name}`, setDoing)
  const { name, team, holder, holders, state } = position
  const columns: Column<Holding>[] = [
    { id: 'who', head: t('who'), main: true, cell: ({ seller }) => seller.name },
    { ...tenure.from, head: t('from'), keep: true },
    tenure.until,
  ]
  return (
    <Drawer
      title={name}
      note={[
        team?.name ?? t('team_none'),
        state === 'archived'
          ? t('is_archived')
          : holder === null
            ? t('vacant_now')
            : t('held_now', { name: holder.name }),
      ].join(' · ')}
      close={close}
    >
      {mayManage && (
        <div className="team-acts k-no-print">
          {state === 'active' && (
            <Button size="compact-sm" onClick={() => setDoing('fill')}>
              {t('fill')}
            </Button>
          )}
          <Button variant="default" size="compact-sm" onClick={() => setDoing('change')}>
            {t('edit')}
          </Button>
          <HistoryButton entity="position" id={position.id} size="compact-sm" leave={close} />
          <ArchiveButton operation="positions.set-state" record={position} inLine />
        </div>
      )}
      <p>
        <ScreenLink to="quotas" search={{ by: 'position', position_id: position.id }}>
          {t('quotas')}
        </ScreenLink>
      </p>
      <DrawerPart title={t('holders')}>
        {holders.length === 0 ? (
          <p className="k-section-note">{t('holders_none')}</p>
        ) : (
          <DataTable
            caption={t('holders')}
            rows={holders}
            columns={columns}
            rowId={({ id }) => id}
            rowLabel={({ seller }) => seller.name}
            rowLink={({ seller }) => ({ to: `sellers/${seller.id}` })}
          />
        )}
      </DrawerPart>
    </Drawer>
  )
}

interface PositionValues {
  name: string
  teamId: string | undefined
}

function PositionForm(props: {
  position?: Position
  teamId?: string | undefined
  close: () => void
}) {
  const { position, teamId, close } = props
  const t = useTexts(positionTexts)
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const create = useChange('positions.create')
  const edit = useChange('positions.edit')
  const form = useRecordForm<PositionValues>({
    begin: position ? { name: position.name, teamId: position.team?.id } : { name: '', teamId },
    version: position?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = { name: values.name.trim(), teamId: values.teamId ?? null }
      return position ? edit.run({ id: position.id, ...input }, over) : create.run(input)
    },
    said: ({ name }) => t(position ? 'was_saved' : 'was_added', { name: name.trim() }),
    close,
  })
  const { values, set } = form
  return (
    <Drawer title={t(position ? 'edit_title' : 'add_title')} close={close} print={false}>
      <RecordConflict
        {...form.conflict}
        read={(columns) => ({
          name: String(columns.name ?? ''),
          teamId: typeof columns.team_id === 'string' ? columns.team_id : undefined,
        })}
        fields={[
          { key: 'name', label: t('name') },
          {
            key: 'teamId',
            label: t('team'),
            show: (id) => teams.find((team) => team.id === id)?.name ?? t('team_none'),
          },
        ]}
      />
      <Form submitLabel={t(position ? 'save' : 'add')} {...form.sending}>
        <TextField
          name="name"
          label={t('name')}
          hint={t('name_hint')}
          value={values.name}
          onChange={set('name')}
          maxLength={200}
          required
          autoFocus
        />
        <TeamField value={values.teamId} onChange={set('teamId')} />
      </Form>
    </Drawer>
  )
}

function FillDrawer({ position, close }: { position: Position; close: () => void }) {
  const t = useTexts(positionTexts)
  const today = useOrganisationDay() ?? ''
  const [sellerId, setSellerId] = useState<string>()
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const sellers = useNamesToChoose('seller')
  const [nobody, setNobody] = useState(false)
  const fill = useChange('positions.fill')
  const undo = useChange('changes.undo')
  const save = async () => {
    setNobody(sellerId === undefined)
    if (sellerId === undefined) return
    const holder = sellers.options.find(({ value }) => value === sellerId)?.label ?? ''
    const written = await fill
      .run({
        id: position.id,
        sellerId,
        ...(from === undefined ? {} : { validFrom: from }),
        ...(until === undefined ? {} : { validUntil: dayAfter(until) }),
      })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('was_filled', { holder, name: position.name }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  return (
    <Drawer title={t('fill_title', { name: position.name })} close={close} print={false}>
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={fill.busy}
        problem={fill.problem}
        errors={nobody ? { sellerId: t('nobody') } : {}}
        cancel={close}
      >
        <PickField
          name="sellerId"
          label={t('who')}
          value={sellerId}
          onChange={setSellerId}
          options={sellers.options}
          onSearch={sellers.search}
          required
          autoFocus
        />
        <DaySpanFields
          today={today}
          first={{
            name: 'validFrom',
            label: t('from'),
            hint: t('from_hint'),
            value: from,
            onChange: setFrom,
          }}
          last={{ name: 'validUntil', label: t('last_day'), value: until, onChange: setUntil }}
        />
      </Form>
    </Drawer>
  )
}

function EndDrawer(props: { position: Position; holding: Holding; close: () => void }) {
  const { position, holding, close } = props
  const t = useTexts(positionTexts)
  const format = useFormat()
  const end = useChange('positions.vacate')
  const words = { holder: holding.seller.name, name: position.name }
  return (
    <Drawer title={t('end_title', words)} close={close} print={false}>
      <EndTenureForm
        id={holding.id}
        version={holding.version}
        end={end}
        said={(last) => t('was_ended', { ...words, day: format.date(last) })}
        close={close}
      />
    </Drawer>
  )
}
