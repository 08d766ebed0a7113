// A goal: where it stands, its course, what it takes, and what was said about it week by week.
import { Button } from '@mantine/core'
import { useGo, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { MoreDots } from '../../../web/ui/icons.tsx'
import { Menu, MenuItem } from '../../../web/ui/menu.tsx'
import { Page, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { goalsTexts } from '../texts.ts'
import { GoalCourse } from './goal-course.tsx'
import { GoalForm } from './goal-form.tsx'
import { CheckIns, Contributions, Milestones, Steps, Takes, Words } from './goal-parts.tsx'
import { GoalTurn } from './goal-turn.tsx'
import { type GoalPage, ownerName, useMeasureName, useValues } from './goal-values.ts'
import { useRefresh } from './use-refresh.ts'
import { WhatIf } from './what-if.tsx'
import './goals.css'

export function GoalScreen() {
  const { id = '' } = useParams()
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const query = useOperation('goals.get', { id, lang })
  const search = useSearch()
  const setSearch = useSetSearch()
  const { data } = query
  useRefresh(data?.revision ?? null)
  const head = useHead()
  return (
    <Page
      finding={data ? head.finding(data) : t('goals')}
      note={data && head.note(data)}
      actions={data && <Actions goal={data} />}
    >
      <Answered query={query} shape="page">
        {(goal) => (
          <div className="goals-stack">
            <GoalTurn goal={goal} />
            <Split
              main={
                <>
                  {goal.course.length > 0 && <GoalCourse goal={goal} />}
                  <Steps goal={goal} />
                  <WhatIf goal={goal} />
                  <Contributions goal={goal} />
                  <CheckIns goal={goal} />
                </>
              }
              side={
                <>
                  <Takes goal={goal} />
                  <Milestones goal={goal} />
                  <Words goal={goal} />
                </>
              }
            />
            {search.edit && <GoalForm goal={goal} close={() => setSearch({ edit: undefined })} />}
          </div>
        )}
      </Answered>
    </Page>
  )
}

function Actions({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const go = useGo()
  const setSearch = useSetSearch()
  const remove = useChange('goals.remove')
  const undo = useChange('changes.undo')
  const take = () =>
    void remove
      .run({ id: goal.id }, { version: goal.version })
      .then(({ changeId }) => {
        go('goals')
        toast.undo(t('removed'), () => undo.run({ id: changeId }))
      })
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <>
      <Button onClick={() => setSearch({ check_in: goal.id })}>{t('check_in')}</Button>
      <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
        {t('edit')}
      </Button>
      <Menu
        place="end"
        width={200}
        button={(opens) => (
          <Button variant="default" aria-label={t('more')} {...opens}>
            <MoreDots />
          </Button>
        )}
      >
        <MenuItem onClick={() => window.print()}>{t('print')}</MenuItem>
        <MenuItem onClick={take}>{t('remove')}</MenuItem>
      </Menu>
    </>
  )
}

/** The sentence the page opens with, and what it rests on. */
function useHead() {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const measure = useMeasureName()
  const finding = (goal: GoalPage) => {
    const { outlook, state } = goal
    const target = values.full(goal.target, goal)
    const { value } = outlook.attained
    if (state === 'upcoming') return t('head_upcoming', { date: format.date(goal.from), target })
    if (value === undefined) return t('head_nothing', { target })
    const attained = values.full(value, goal)
    if (state === 'reached') {
      return t('head_reached', {
        date: format.date(goal.reachedOn ?? goal.today),
        attained,
        target,
      })
    }
    if (state === 'missed') return t('head_missed', { attained, target })
    if (outlook.chance === null) return t('head_plain', { attained, target })
    const chance = outlook.chanceText
    if (goal.atMost) return t('head_at_most', { attained, target, chance })
    const word = outlook.chance < 0.02 || outlook.chance > 0.98
    return t(word ? 'head_unlikely' : 'head_chance', { attained, target, chance })
  }
  const note = (goal: GoalPage) =>
    [
      goal.name,
      measure(goal),
      ownerName(goal, t),
      t('note_until', { date: format.date(dayBefore(goal.until)) }),
      ...(goal.repeats === null ? [] : [t(`repeats_${goal.repeats}`)]),
      ...(goal.outlook.missing === null ? [] : [goal.outlook.missing]),
    ]
      .filter((one) => one !== '')
      .join(' · ')
  return { finding, note }
}
