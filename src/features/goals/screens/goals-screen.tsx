// Goals with where they stand: those that end first at the top.
import { Button } from '@mantine/core'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { inDanger } from '../calc/chance-words.ts'
import { goalsTexts } from '../texts.ts'
import { ChanceMark } from './chance-mark.tsx'
import { type Goal, ownerName, useMeasureName, useValues } from './goal-values.ts'
import { useRefresh } from './use-refresh.ts'
import './goals.css'
import './goals-print.css'

const states = ['current', 'over'] as const

/** List or board, side by side. */
export function GoalViews({ now }: { now: 'board' | 'list' }) {
  const t = useTexts(goalsTexts)
  const go = useGo()
  return (
    <Pills
      label={t('view')}
      value={now}
      options={[
        { value: 'list', label: t('to_list') },
        { value: 'board', label: t('to_board') },
      ]}
      onChange={(view) => go(view === 'board' ? 'goals/board' : 'goals')}
    />
  )
}

export function GoalsScreen() {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const search = useSearch()
  const setSearch = useSetSearch()
  const is = states.find((one) => one === search.is) ?? 'current'
  const list = usePages('goals.list', { is, lang })
  useRefresh()
  const columns = useGoalColumns()
  const begin = () => setSearch({ goal_new: '1' })
  return (
    <Page
      finding={findingOf(t, list.rows, is)}
      note={t('list_note')}
      exports={{ table: 'goals', filter: list.input }}
      actions={
        <>
          <GoalViews now="list" />
          <Button variant="default" onClick={() => setSearch({ goals_week: '1' })}>
            {t('week_text')}
          </Button>
          <Button onClick={begin}>{t('set_goal')}</Button>
        </>
      }
      chips={
        <Chips>
          <ChipMenu
            label={t('is')}
            value={is}
            options={states.map((value) => ({ value, label: t(`is_${value}`) }))}
            onChoose={(value) => setSearch({ is: value === 'over' ? value : undefined })}
          />
        </Chips>
      }
    >
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length === 0 ? (
            <Empty
              kind="nothing-yet"
              title={t('nothing')}
              text={t('nothing_text')}
              action={{ label: t('set_goal'), run: begin }}
            />
          ) : (
            <DataTable
              caption={t('caption')}
              rows={list.rows}
              columns={columns}
              rowId={(row) => row.id}
              rowLabel={(row) => row.name}
              rowLink={(row) => ({ to: `goals/${row.id}` })}
              more={list.more}
            />
          )
        }
      </Answered>
    </Page>
  )
}

function useGoalColumns(): Column<Goal>[] {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const measure = useMeasureName()
  return [
    {
      id: 'name',
      head: t('name'),
      main: true,
      cell: (goal) => (
        <span className="goals-name">
          {goal.name}
          <span className="k-muted"> {measure(goal)}</span>
        </span>
      ),
    },
    { id: 'owner', head: t('owner'), cell: (goal) => ownerName(goal, t) },
    {
      id: 'attained',
      head: t('attained'),
      align: 'right',
      keep: true,
      cell: (goal) =>
        goal.outlook.attained.value === undefined
          ? '—'
          : values.full(goal.outlook.attained.value, goal),
    },
    {
      id: 'target',
      head: t('target'),
      align: 'right',
      cell: (goal) => values.full(goal.target, goal),
    },
    {
      id: 'until',
      head: t('until'),
      align: 'right',
      cell: (goal) => format.date(dayBefore(goal.until)),
    },
    { id: 'chance', head: t('chance'), keep: true, cell: (goal) => <ChanceMark goal={goal} /> },
  ]
}

export function findingOf(
  t: ReturnType<typeof useTexts<typeof goalsTexts>>,
  rows: readonly Goal[],
  is: (typeof states)[number],
): string {
  if (is === 'over')
    return rows.length === 0 ? t('goals') : t('finding_over', { count: rows.length })
  const running = rows.filter(({ state }) => state === 'running')
  const risk = running.filter(inDanger).length
  if (running.length === 0) return t('finding_none')
  return risk === 0
    ? t('finding_calm', { count: running.length })
    : t('finding', { count: running.length, risk })
}
