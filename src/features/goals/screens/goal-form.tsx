// Setting a goal, or changing one: what counts, whose, when, how much; with targets from the own history beside it.
import { Checkbox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { CalendarSettings } from '../../../basics/period.ts'
import { useGo } from '../../../web/address.tsx'
import type { Given as Input } from '../../../web/client.ts'
import { dayAfter, dayBefore } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { dayInZone, useOrganisation } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, LongField, SwitchField, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { FilterField } from '../../results/screens/filter-field.tsx'
import { filterDimensions } from '../../results/screens/selection.ts'
import { goalsTexts } from '../texts.ts'
import {
  activityKinds,
  type Draft,
  draftOf,
  newDraft,
  nextDraft,
  periodsOf,
  quotaDraft,
  repeatsOf,
  spanOf,
} from './goal-draft.ts'
import { GoalHelp } from './goal-help.tsx'
import type { GoalPage } from './goal-values.ts'
import './goals.css'

/** Opened by `?goal_new=1`, by the id of the goal that it follows, or by `quota.` and the id of a quota. */
export function NewGoalDrawer({ value, close }: DrawerProps) {
  const me = useOrganisation().data
  if (!me) return null
  const { baseCurrency: currency, zone, fiscalFirstMonth, weekStart } = me.settings
  const calendar = { fiscalFirstMonth, weekStart }
  const given = { currency, calendar, close }
  const today = dayInZone(zone)
  if (/^[0-9a-f]{8}-/.test(value)) return <FollowingGoal id={value} {...given} />
  if (value.startsWith('quota.'))
    return <GoalOfQuota id={value.slice('quota.'.length)} today={today} {...given} />
  return <Fields draft={newDraft(me.me.seller?.id ?? null, today, calendar)} {...given} />
}

interface Given {
  currency: string
  calendar: CalendarSettings
  close: () => void
}

interface GivenGoalProps extends Given {
  id: string
}

function FollowingGoal({ id, ...given }: GivenGoalProps) {
  const lang = useLanguage()
  const query = useOperation('goals.get', { id, lang })
  return (
    <Answered query={query} shape="panel">
      {(goal) => <Fields draft={nextDraft(goal)} {...given} />}
    </Answered>
  )
}

function GoalOfQuota({ id, today, ...given }: GivenGoalProps & { today: string }) {
  const { calendar } = given
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const query = useOperation('quotas.get', { id })
  return (
    <Answered query={query} shape="panel">
      {(quota) => {
        const name = t('of_quota', {
          name: quota.holder.name,
          period: format.period(quota.period),
        })
        return <Fields draft={quotaDraft(quota, { name, today, calendar })} {...given} />
      }}
    </Answered>
  )
}

export function GoalForm({ goal, close }: { goal: GoalPage; close: () => void }) {
  const settings = useOrganisation().data?.settings
  if (!settings) return null
  const given = { currency: goal.currency, calendar: settings, close }
  return <Fields draft={draftOf(goal)} goal={goal} {...given} />
}

/** Filters that go with a goal: whose it is and when are said by the goal itself. */
const offered = filterDimensions.filter(
  (one) => !['seller', 'team', 'manager', 'office'].includes(one),
)

function Fields(props: Given & { draft: Draft; goal?: GoalPage }) {
  const { goal, currency, calendar, close } = props
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const go = useGo()
  const [draft, setDraft] = useState(props.draft)
  const set = (change: Partial<Draft>) =>
    setDraft((before) => {
      const next = { ...before, ...change }
      const again = repeatsOf(spanOf(next, calendar), calendar).includes(next.repeats)
      return again ? next : { ...next, repeats: 'none' }
    })
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  const add = useChange('goals.add')
  const edit = useChange('goals.edit')
  const undo = useChange('changes.undo')
  const owners = useOwners()
  const several = (useOrganisation().data?.counts.sellers ?? 0) > 1
  const metric = metrics.find(({ id }) => id === draft.what)
  const unit = goal?.unit ?? metric?.unit ?? 'count'
  const span = spanOf(draft, calendar)
  const [asked] = useDebouncedValue(JSON.stringify(helpInput(draft, calendar)), 300)
  const settle = async () => {
    const input = goalInput(draft, calendar)
    const written = goal
      ? await edit
          .run({ id: goal.id, ...editOf(input, draft) }, { version: goal.version })
          .catch(() => undefined)
      : await add.run(input).catch(() => undefined)
    if (!written) return
    toast.undo(t(goal ? 'saved' : 'added'), () => undo.run({ id: written.changeId }))
    if (goal) close()
    else go(`goals/${written.id}`)
  }
  return (
    <Drawer title={t(goal ? 'form_edit' : 'form_new')} close={close} print={false}>
      <Form
        onSubmit={settle}
        submitLabel={t('save')}
        busy={add.busy || edit.busy}
        problem={add.problem ?? edit.problem}
        cancel={close}
      >
        <TextField
          name="name"
          label={t('name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          maxLength={200}
          required
          autoFocus
        />
        {!goal && (
          <>
            <ChoiceField
              name="metric"
              label={t('measure')}
              value={draft.what}
              onChange={(what) => set({ what, target: undefined, milestones: [], where: {} })}
              options={[
                ...metrics
                  .filter((one) => one.measured)
                  .map((one) => ({ value: one.id, label: one.name[lang] })),
                { value: 'activity', label: t('measure_activity') },
                { value: 'steps', label: t('measure_steps') },
              ]}
              required
            />
            {draft.what === 'activity' && <ActivityFields draft={draft} set={set} />}
            {metric && (
              <FilterField
                label={t('filters')}
                dimensions={offered.filter((one) => metric.dimensions.includes(one))}
                where={draft.where}
                onChange={(where) => set({ where })}
              />
            )}
            <ChoiceField
              name="sellerId"
              label={t('owner')}
              value={draft.private ? '' : draft.owner}
              onChange={(owner) => set({ owner, private: false })}
              options={owners}
            />
            <SwitchField
              name="private"
              label={t('only_me')}
              hint={t('private_hint')}
              value={draft.private}
              onChange={(only) => set({ private: only })}
            />
          </>
        )}
        {several && !draft.private && !draft.owner.startsWith('seller:') && (
          <SwitchField
            name="shared"
            label={t(draft.owner === 'all' ? 'shared_all' : 'shared_team')}
            hint={t('shared_hint')}
            value={draft.shared}
            onChange={(shared) => set({ shared })}
          />
        )}
        <ChoiceField
          name="period"
          label={t('period')}
          value={draft.period}
          onChange={(value) => {
            const period = periodsOf(calendar).find((one) => one === value) ?? 'own_period'
            set({ period, ...spanOf({ ...draft, period }, calendar), milestones: [] })
          }}
          options={periodsOf(calendar).map((value) => ({ value, label: t(value) }))}
          required
        />
        {draft.period === 'own_period' && (
          <FieldRow>
            <DateField
              name="from"
              label={t('from')}
              today={draft.today}
              value={draft.from}
              onChange={(from) => set({ from: from ?? '' })}
              required
            />
            <DateField
              name="until"
              label={t('until')}
              today={draft.today}
              value={draft.until === '' ? undefined : dayBefore(draft.until)}
              onChange={(last) => set({ until: last === undefined ? '' : dayAfter(last) })}
              required
            />
          </FieldRow>
        )}
        <ChoiceField
          name="repeats"
          label={t('repeats')}
          value={draft.repeats}
          onChange={(repeats) => set({ repeats: repeats as Draft['repeats'] })}
          hint={t('repeats_hint')}
          options={repeatsOf(span, calendar).map((value) => ({
            value,
            label: t(`repeats_${value}`),
          }))}
          required
        />
        {draft.what === 'steps' ? (
          <LongField
            name="steps"
            label={t('steps_field')}
            hint={t('steps_hint')}
            value={draft.steps}
            onChange={(steps) => set({ steps })}
            required
          />
        ) : (
          <>
            {unit === 'money' ? (
              <MoneyField
                name="target"
                label={t('target')}
                currency={currency}
                value={draft.target}
                onChange={(target) => set({ target, milestones: [] })}
                required
              />
            ) : (
              <NumberField
                name="target"
                label={t('target')}
                {...(unit === 'rate' ? { unit: t('unit_percent') } : {})}
                value={
                  draft.target === undefined || unit !== 'rate'
                    ? draft.target
                    : Math.round(draft.target * 1e6) / 1e4
                }
                onChange={(value) =>
                  set({
                    target: value === undefined || unit !== 'rate' ? value : value / 100,
                    milestones: [],
                  })
                }
                required
              />
            )}
            {span.from !== '' && span.until > span.from && (
              <GoalHelp input={JSON.parse(asked)} draft={draft} set={set} />
            )}
          </>
        )}
        <TextField
          name="why"
          label={t('why')}
          value={draft.why}
          onChange={(why) => set({ why })}
          maxLength={500}
        />
        <TextField
          name="reward"
          label={t('reward')}
          value={draft.reward}
          onChange={(reward) => set({ reward })}
          maxLength={500}
        />
      </Form>
    </Drawer>
  )
}

function ActivityFields({ draft, set }: { draft: Draft; set: (change: Partial<Draft>) => void }) {
  const t = useTexts(goalsTexts)
  return (
    <>
      <Checkbox.Group
        label={t('activities')}
        value={draft.activities}
        onChange={(chosen) =>
          set({ activities: activityKinds.filter((kind) => chosen.includes(kind)) })
        }
      >
        <div className="goals-kinds">
          {activityKinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`kind_${kind}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextField
        name="outcome"
        label={t('outcome')}
        value={draft.outcome}
        onChange={(outcome) => set({ outcome })}
        maxLength={200}
      />
    </>
  )
}

/** Whose a goal can be; who may not set it for somebody is told when saving. */
function useOwners(): { value: string; label: string }[] {
  const t = useTexts(goalsTexts)
  const me = useOrganisation().data?.me
  const sellers = useOperation('sellers.list', { limit: 200 }).data?.rows ?? []
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  return [
    ...(me?.seller
      ? [{ value: `seller:${me.seller.id}`, label: `${t('whose_self')}: ${me.seller.name}` }]
      : []),
    { value: 'all', label: t('everybody') },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
    ...sellers
      .filter(({ id }) => id !== me?.seller?.id)
      .map(({ id, name }) => ({ value: `seller:${id}`, label: name })),
  ]
}

function helpInput(draft: Draft, calendar: CalendarSettings): Input<'goals.help'> {
  const {
    name: _,
    why: _why,
    reward: _reward,
    milestones: _m,
    steps: _s,
    repeats: _r,
    shared: _shared,
    ...measure
  } = goalInput(draft, calendar)
  return measure
}

function goalInput(draft: Draft, calendar: CalendarSettings): Input<'goals.add'> {
  const [kind, id = ''] = draft.owner.split(':')
  const { from, until } = spanOf(draft, calendar)
  return {
    name: draft.name.trim(),
    kind: draft.what === 'activity' || draft.what === 'steps' ? draft.what : 'metric',
    metric:
      draft.what === 'activity' || draft.what === 'steps'
        ? null
        : (draft.what as NonNullable<Input<'goals.add'>['metric']>),
    where: draft.where,
    ...(draft.what === 'activity' ? { activities: draft.activities } : {}),
    ...(draft.what === 'activity' && draft.outcome.trim() !== ''
      ? { outcome: draft.outcome.trim() }
      : {}),
    sellerId: kind === 'seller' && !draft.private ? id : null,
    teamId: kind === 'team' && !draft.private ? id : null,
    private: draft.private,
    shared: draft.shared,
    from,
    until,
    ...(draft.target === undefined ? {} : { target: draft.target }),
    why: draft.why.trim() || null,
    reward: draft.reward.trim() || null,
    milestones: draft.milestones,
    steps:
      draft.what === 'steps'
        ? draft.steps
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map((line, i) => ({
              name: line,
              doneOn: draft.done[i]?.name === line ? draft.done[i].doneOn : null,
            }))
        : [],
    repeats: draft.repeats === 'none' ? null : draft.repeats,
  }
}

function editOf(input: Input<'goals.add'>, draft: Draft): Omit<Input<'goals.edit'>, 'id'> {
  const { name, target, from, until, why, reward, milestones, steps, repeats, shared } = input
  return {
    name,
    ...(shared === undefined || draft.owner.startsWith('seller:') ? {} : { shared }),
    from,
    until,
    why: why ?? null,
    reward: reward ?? null,
    repeats: repeats ?? null,
    ...(draft.what === 'steps' ? { steps: steps ?? [] } : { milestones: milestones ?? [] }),
    ...(target === undefined || draft.what === 'steps' ? {} : { target }),
  }
}
