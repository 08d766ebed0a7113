// What if on the board: the same screws for all goals at once, drawn goal by goal between two frames.
import { Button } from '@mantine/core'
import { startTransition, useEffect, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Loading } from '../../../web/ui/states.tsx'
import { riskOf } from '../calc/chance-words.ts'
import { asNow, isAsNow, type Screws, turned, whatIf } from '../calc/what-if.ts'
import { goalsTexts } from '../texts.ts'
import { ScrewFields } from './screws.tsx'

type Row = Answer<'goals.board'>['rows'][number]
/** Chances by goal; none while nothing is turned. */
export type Turned = ReadonlyMap<string, number> | undefined

/** Longest stretch of drawing before the page may answer again. */
const stretchMs = 8
const names = ['rate', 'size', 'talks'] as const

export function BoardWhatIf(props: {
  /** With what their chances are drawn from; none while that is on its way. */
  rows: readonly Row[] | undefined
  turned: Turned
  onTurned: (chances: Turned) => void
}) {
  const { rows, ...turning } = props
  const t = useTexts(goalsTexts)
  return (
    <Section title={t('what_if')} note={t('what_if_board_note')}>
      {rows ? <Turning rows={rows} {...turning} /> : <Loading shape="panel" />}
    </Section>
  )
}

function Turning(props: {
  rows: readonly Row[]
  turned: Turned
  onTurned: (chances: Turned) => void
}) {
  const { rows, onTurned } = props
  const t = useTexts(goalsTexts)
  const [screws, setScrews] = useState(asNow)
  useDrawn(rows, screws, onTurned)
  const running = rows.filter(({ basis, goal }) => basis !== null && goal.state === 'running')
  const likely = (chance: number | null) => chance !== null && riskOf(chance) === 'on-course'
  const now = running.filter(({ goal }) => likely(goal.outlook.chance)).length
  const then = running.filter(({ goal }) => {
    const chance = props.turned?.get(goal.id)
    return likely(chance ?? goal.outlook.chance)
  }).length
  if (running.length === 0) return <p className="k-muted goals-none">{t('what_if_board_none')}</p>
  return (
    <>
      <ScrewFields names={names} screws={screws} onChange={setScrews} />
      <p className="goals-what-if" role="status">
        {props.turned
          ? t('what_if_board', { count: then, all: running.length, now })
          : t('what_if_board_now', { count: now, all: running.length })}{' '}
        <span className="k-no-print">
          <Button variant="subtle" size="compact-sm" onClick={() => setScrews(asNow)}>
            {t('reset')}
          </Button>
        </span>
      </p>
    </>
  )
}

/** Draws all goals for the screws, giving way to the page in between; screws turned further stop it. */
function useDrawn(rows: readonly Row[], screws: Screws, done: (chances: Turned) => void): void {
  useEffect(() => {
    let stopped = false
    void drawAll(rows, screws, () => stopped).then((chances) => {
      if (!stopped) startTransition(() => done(chances))
    })
    return () => {
      stopped = true
    }
  }, [rows, screws, done])
}

async function drawAll(
  rows: readonly Row[],
  screws: Screws,
  stopped: () => boolean,
): Promise<Turned> {
  if (isAsNow(screws)) return undefined
  const chances = new Map<string, number>()
  let since = performance.now()
  for (const { goal, basis } of rows) {
    const own = turned(goal, screws)
    if (!basis || goal.state !== 'running' || isAsNow(own)) continue
    const { target, atMost, unit, outlook } = goal
    const of = { target, atMost, attained: outlook.attained.value ?? 0, sized: unit === 'money' }
    chances.set(goal.id, whatIf({ ...basis, ...of }, own))
    if (performance.now() - since < stretchMs) continue
    await new Promise((go) => setTimeout(go, 0))
    if (stopped()) return undefined
    since = performance.now()
  }
  return chances
}
