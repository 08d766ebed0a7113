// The board: running goals as small charts, least likely first, and attainment by person and month.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { chanceWords, inDanger, riskOf } from '../calc/chance-words.ts'
import { goalsTexts } from '../texts.ts'
import { BoardWhatIf, type Turned } from './board-what-if.tsx'
import { ChanceMark } from './chance-mark.tsx'
import { type Goal, ownerName, useValues } from './goal-values.ts'
import { GoalViews } from './goals-screen.tsx'
import { useRefresh } from './use-refresh.ts'
import './goals.css'
import './goals-print.css'

type Board = Answer<'goals.board'>

export function GoalsBoardScreen() {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const search = useSearch()
  const setSearch = useSetSearch()
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  const wanted = metrics.find(({ id }) => id === search.metric)?.id
  const query = useOperation('goals.board', {
    lang,
    ...(wanted ? { metric: wanted } : {}),
    ...(search.what_if ? { basis: true } : {}),
  })
  useRefresh()
  const [turned, setTurned] = useState<Turned>()
  const { data } = query
  const running = data?.rows.filter(({ goal }) => goal.state === 'running') ?? []
  // Asked for another metric the board keeps what it has; the screws stay as they are turned.
  const drawable = data?.rows.some(({ basis }) => basis !== null)
  const risk = running.filter(({ goal }) => inDanger(goal)).length
  return (
    <Page
      finding={
        data
          ? running.length === 0
            ? t('board_none')
            : t('board_finding', { count: running.length, risk })
          : t('board')
      }
      note={t('board_note')}
      exports={{ table: 'goals', filter: { is: 'current' } }}
      actions={
        <>
          <GoalViews now="board" />
          {running.length > 0 && (
            <Button
              variant={search.what_if ? 'light' : 'default'}
              aria-pressed={search.what_if !== undefined}
              onClick={() => setSearch({ what_if: search.what_if ? undefined : '1' })}
            >
              {t('what_if')}
            </Button>
          )}
        </>
      }
      chips={
        data &&
        data.metrics.length > 1 && (
          <Chips>
            <ChipMenu
              label={t('measure')}
              value={data.metric ?? ''}
              options={data.metrics.map((value) => ({
                value,
                label: metrics.find(({ id }) => id === value)?.name[lang] ?? value,
              }))}
              onChoose={(value) => setSearch({ metric: value })}
            />
          </Chips>
        )
      }
    >
      <Answered query={query} shape="page">
        {(board) =>
          board.rows.length === 0 && board.people.length === 0 ? (
            <Empty
              kind="nothing-yet"
              title={t('nothing')}
              text={t('nothing_text')}
              action={{ label: t('set_goal'), run: () => setSearch({ goal_new: '1' }) }}
            />
          ) : (
            <div className="goals-stack">
              {search.what_if && (
                <BoardWhatIf
                  rows={drawable || !query.isStale ? board.rows : undefined}
                  turned={turned}
                  onTurned={setTurned}
                />
              )}
              <ByRisk board={board} turned={search.what_if ? turned : undefined} />
              {board.more && <p className="k-section-note">{t('board_more')}</p>}
              <Attainment board={board} />
            </div>
          )
        }
      </Answered>
    </Page>
  )
}

/** Small charts under what they have in common, least likely first; they stay where they are while screws turn. */
function ByRisk({ board, turned }: { board: Board; turned: Turned }) {
  const t = useTexts(goalsTexts)
  return risks.map((risk) => {
    const rows = board.rows.filter(({ goal }) => riskOfGoal(goal) === risk)
    if (rows.length === 0) return null
    return (
      <Section key={risk} title={t(`risk_${risk}`, { count: rows.length })}>
        <ul className="goals-small">
          {rows.map((row) => (
            <SmallGoal key={row.goal.id} row={row} chance={turned?.get(row.goal.id)} />
          ))}
        </ul>
      </Section>
    )
  })
}

const risks = ['behind', 'at-risk', 'on-course', 'reached', 'untold'] as const

function riskOfGoal({ state, outlook }: Goal): (typeof risks)[number] {
  if (state === 'reached') return 'reached'
  return outlook.chance === null ? 'untold' : riskOf(outlook.chance)
}

const [width, height] = [200, 56]

interface SmallGoalProps {
  row: Board['rows'][number]
  /** With the screws turned. */
  chance: number | undefined
}

function SmallGoal({ row, chance }: SmallGoalProps) {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const values = useValues()
  const { goal } = row
  const attained = goal.outlook.attained.value
  const top = Math.max(1.1, ...row.course.map((share) => share ?? 0))
  return (
    <li className="k-panel">
      <ScreenLink to={`goals/${goal.id}`}>{goal.name}</ScreenLink>
      <span className="k-muted goals-small-owner">{ownerName(goal, t)}</span>
      {row.course.length > 1 && (
        <svg
          className="goals-small-chart"
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={t('small_course', { name: goal.name })}
          preserveAspectRatio="none"
        >
          <line className="goals-small-target" x1="0" x2={width} y1={y(1, top)} y2={y(1, top)} />
          {goal.outlook.seasonal !== null && (
            <polyline className="goals-small-pace" points={points(row.seasonal, top)} />
          )}
          <polyline className="goals-small-actual" points={points(row.course, top)} />
        </svg>
      )}
      <span className="goals-small-foot">
        <span>
          {attained === undefined ? '—' : values.short(attained, goal)}
          <span className="k-muted"> / {values.short(goal.target, goal)}</span>
        </span>
        <ChanceMark goal={goal} />
      </span>
      {chance !== undefined && (
        <span className="goals-small-then" data-risk={riskOf(chance)}>
          {t('what_if_then', { chance: chanceWords(chance, lang) })}
        </span>
      )}
    </li>
  )
}

/** Place of a share, where so much is at the top. */
const y = (share: number, top: number) => height - 2 - ((height - 4) * Math.max(0, share)) / top

function points(shares: readonly (number | null)[], top: number): string {
  const step = width / Math.max(1, shares.length - 1)
  return shares
    .map((share, i) =>
      share === null ? '' : `${(i * step).toFixed(1)},${y(share, top).toFixed(1)}`,
    )
    .filter((point) => point !== '')
    .join(' ')
}

function Attainment({ board }: { board: Board }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const lang = useLanguage()
  const metric = useOperation('results.metrics', {}).data?.rows.find(
    ({ id }) => id === board.metric,
  )
  const quotas = <ScreenLink to="quotas">{t('attainment_quotas')}</ScreenLink>
  if (board.people.length === 0 || !metric) {
    return <Section title={t('attainment')} note={t('attainment_none')} actions={quotas} />
  }
  const unit = { unit: metric.unit, currency: board.currency }
  return (
    <Section
      title={`${t('attainment')}: ${metric.name[lang]}`}
      note={t('attainment_note')}
      actions={quotas}
    >
      <div className="goals-scroll">
        <table className="k-table goals-attainment">
          <caption className="k-hidden">{t('attainment')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              {board.months.map((month) => (
                <th key={month} scope="col" className="k-right">
                  {format.shortMonth(month)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.people.map(({ seller, cells }) => (
              <tr key={seller.id}>
                <th scope="row">
                  <ScreenLink to={`sellers/${seller.id}`}>{seller.name}</ScreenLink>
                </th>
                {cells.map((cell, i) => (
                  <td
                    key={board.months[i]}
                    className="k-right"
                    title={
                      cell
                        ? t('attainment_cell', {
                            value: values.full(cell.value, unit),
                            target: values.full(Math.round(cell.target), unit),
                          })
                        : undefined
                    }
                    data-met={(cell && cell.value >= cell.target) || undefined}
                  >
                    {cell ? format.rate(cell.value / cell.target) : '—'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
