// The parts of a goal's page beside its course: what it takes, milestones, steps, contributions, check-ins, words.
import { Button, Checkbox } from '@mantine/core'
import { ScreenLink, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { type Detail, DetailList } from '../../../web/ui/detail-list.tsx'
import { Panel, Section } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { goalsTexts } from '../texts.ts'
import { type GoalPage, useValues } from './goal-values.ts'

export function Takes({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const { outlook } = goal
  // Tenths of a percent are what a ratio moves by; sums are told in short.
  const written = (value: number) =>
    outlook.seasonal === null ? values.full(value, goal) : values.short(value, goal)
  if (goal.kind === 'steps' || (goal.state !== 'running' && goal.state !== 'upcoming')) return null
  const rows: Detail[] = [
    ...(outlook.requiredPerDay === null
      ? []
      : [{ label: t('needed_day'), value: values.perDay(outlook.requiredPerDay, goal) }]),
    ...(outlook.currentPerDay === null
      ? []
      : [{ label: t('now_day'), value: values.perDay(outlook.currentPerDay, goal) }]),
    ...(outlook.total === 0
      ? []
      : [
          {
            label: t('days_left'),
            value: t('days_of', {
              left: format.number(outlook.total - outlook.elapsed, undefined),
              total: format.number(outlook.total, undefined),
            }),
          },
        ]),
    ...(outlook.seasonal === null || goal.state === 'upcoming'
      ? []
      : [
          {
            label: t('expected'),
            value: values.full(
              goal.unit === 'money' ? outlook.seasonal : Math.round(outlook.seasonal * 10) / 10,
              goal,
            ),
          },
        ]),
    ...(outlook.ends === null
      ? []
      : [
          {
            label: t('ends'),
            value: (
              <>
                {written(outlook.ends.middle)}
                <span className="k-muted goals-between">
                  {t('ends_between', {
                    low: written(outlook.ends.low),
                    high: written(outlook.ends.high),
                  })}
                </span>
              </>
            ),
          },
        ]),
  ]
  return (
    <Panel>
      <Section title={t('takes')}>
        <DetailList rows={rows} />
        <Terms goal={goal} />
      </Section>
    </Panel>
  )
}

function Terms({ goal: { terms, termsMore } }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  if (termsMore) {
    return (
      <p className="k-section-note">{t(`terms_more_${termsMore.of}`, { count: termsMore.more })}</p>
    )
  }
  if (!terms) return null
  const write = (value: number) =>
    format.number(value, value < 10 && !Number.isInteger(value) ? 1 : 0)
  return (
    <div>
      <p className="goals-terms">
        {t('terms', {
          wins: write(terms.wins),
          talks: write(terms.talks),
          now: write(terms.talksNow),
        })}
      </p>
      <p className="k-section-note">{t('terms_note')}</p>
    </div>
  )
}

export function Milestones({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  if (goal.milestones.length === 0) return null
  return (
    <Section title={t('milestones')}>
      <ol className="goals-milestones">
        {goal.milestones.map((one) => (
          <li key={one.on} data-reached={one.reachedOn !== null || undefined}>
            <span>{format.date(one.on)}</span>
            <span className="k-right">{values.full(one.value, goal)}</span>
            <span className="k-muted">
              {one.reachedOn === null
                ? t(one.on < goal.today ? 'milestone_late' : 'milestone_open')
                : t('milestone_reached', { date: format.shortDate(one.reachedOn) })}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

export function Steps({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const step = useChange('goals.step')
  const undo = useChange('changes.undo')
  if (goal.kind !== 'steps') return null
  const set = (index: number, done: boolean) =>
    void step
      .run(
        { id: goal.id, step: index, doneOn: done ? goal.today : null },
        { version: goal.version },
      )
      .then(({ changeId }) => toast.undo(t('step_saved'), () => undo.run({ id: changeId })))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <Section title={t('steps')}>
      <ol className="goals-steps">
        {goal.steps.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have their place and nothing else.
          <li key={index}>
            <Checkbox
              label={one.name}
              checked={one.doneOn !== null}
              disabled={step.busy || !goal.within}
              onChange={(event) => set(index, event.currentTarget.checked)}
              description={
                one.doneOn === null ? undefined : t('step_done', { date: format.date(one.doneOn) })
              }
            />
          </li>
        ))}
      </ol>
    </Section>
  )
}

export function Contributions({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const values = useValues()
  const { contributions, others } = goal
  if (contributions.length === 0) return null
  const most = Math.max(...contributions.map(({ value }) => value), others ?? 0, 1)
  const bar = (value: number) => (
    <>
      <span className="goals-bar" aria-hidden="true">
        <span style={{ width: `${(100 * Math.max(0, value)) / most}%` }} />
      </span>
      <span className="k-right">{values.full(value, goal)}</span>
    </>
  )
  return (
    <Section
      title={t('contributions')}
      note={goal.within ? undefined : t(others === null ? 'note_own_part' : 'note_parts')}
    >
      <ul className="goals-contributions">
        {contributions.map(({ seller, value }) => (
          <li key={seller?.id ?? ''}>
            <span>
              {seller ? (
                <ScreenLink to={`sellers/${seller.id}`}>{seller.name}</ScreenLink>
              ) : (
                t('nobody')
              )}
            </span>
            {bar(value)}
          </li>
        ))}
        {others !== null && (
          <li>
            <span>{t('others_together')}</span>
            {bar(others)}
          </li>
        )}
      </ul>
    </Section>
  )
}

export function CheckIns({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  return (
    <Section
      title={t('check_ins')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setSearch({ check_in: goal.id })}
        >
          {t('check_in')}
        </Button>
      }
    >
      {goal.checkIns.length === 0 ? (
        <p className="k-muted goals-none">{t('no_check_ins')}</p>
      ) : (
        <ul className="goals-check-ins">
          {goal.checkIns.map((one) => (
            <li key={one.id}>
              <p className="k-muted">
                {t('week_of', { date: format.date(one.weekOn) })} · {one.author}
              </p>
              <DetailList
                rows={[
                  { label: t('moved'), value: one.moved },
                  { label: t('blocks'), value: one.blocks },
                  { label: t('next_step'), value: one.nextStep },
                ].filter(({ value }) => value !== null)}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Why it matters, and what comes of it. */
export function Words({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const rows = [
    { label: t('why'), value: goal.why },
    { label: t('reward'), value: goal.reward },
  ].filter(({ value }) => value !== null)
  return rows.length === 0 ? null : <DetailList rows={rows} />
}
