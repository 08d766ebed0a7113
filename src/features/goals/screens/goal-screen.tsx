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
import { SheetBoxes, SheetHead } from './goal-sheet.tsx'
import { GoalTurn } from './goal-turn.tsx'
import { type GoalPage, ownerName, useMeasureName, useValues } from './goal-values.ts'
import { useRefresh } from './use-refresh.ts'
import { WhatIf } from './what-if.tsx'
import './goals.css'
import './goals-print.css'

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
      chips={data && <SheetHead goal={data} />}
      actions={data?.within && <Actions goal={data} />}
    >
      <Answered query={query} shape="page">
        {(goal) => (
          <div className="goals-stack goals-one">
            <GoalTurn goal={goal} />
            <Split
              main={
                <>
                  {goal.course.length > 0 && (
                    <div className="k-banner-on-paper">
                      <GoalCourse goal={goal} />
                    </div>
                  )}
                  <Steps goal={goal} />
                  <div className="k-no-print">
                    <WhatIf goal={goal} />
                  </div>
                  <Contributions goal={goal} />
                  {goal.within && <CheckIns goal={goal} />}
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
            <SheetBoxes />
            {search.edit && goal.within && (
              <GoalForm goal={goal} close={() => setSearch({ edit: undefined })} />
            )}
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
        <MenuItem onClick={() => setSearch({ history: `goal:${goal.id}` })}>
          {t('history')}
        </MenuItem>
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
    // Values of days add up to the target; a ratio or a middle stands above or below it.
    const sum = outlook.seasonal !== null || goal.kind !== 'metric'
    if (state === 'reached') {
      return t(sum ? 'head_reached' : 'head_reached_level', {
        date: format.date(goal.reachedOn ?? goal.today),
        attained,
        target,
      })
    }
    if (state === 'missed') {
      return t(sum ? 'head_missed' : 'head_missed_level', { attained, target })
    }
    const chance = outlook.chanceText
    if (!sum) {
      const so = t(goal.atMost ? 'head_most' : 'head_least', { attained, target })
      return outlook.chance === null ? so : `${so} ${t('head_so_chance', { chance })}`
    }
    if (outlook.chance === null) return t('head_plain', { attained, target })
    const word = outlook.chance < 0.02 || outlook.chance > 0.98
    if (goal.atMost) {
      return t(word ? 'head_at_most_word' : 'head_at_most', { attained, target, chance })
    }
    return t(word ? 'head_unlikely' : 'head_chance', { attained, target, chance })
  }
  const note = (goal: GoalPage) =>
    [
      goal.name,
      measure(goal),
      ownerName(goal, t),
      t('note_until', { date: format.date(dayBefore(goal.until)) }),
      ...(goal.repeats === null ? [] : [t(`repeats_${goal.repeats}`)]),
      ...(goal.shared && goal.within
        ? [t(goal.team ? 'note_shared_team' : 'note_shared_all')]
        : []),
      ...(goal.outlook.missing === null ? [] : [goal.outlook.missing]),
    ]
      .filter((one) => one !== '')
      .join(' · ')
  return { finding, note }
}
