// What stands where figures will, could or may not stand: loading, empty, failed, no right.
import { Button, Skeleton } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { newKey } from '../client.ts'
import { useTexts } from '../language.ts'
import { asProblem, Problem } from '../problem.ts'
import type { Asked } from '../queries.ts'
import { partTexts } from '../texts.ts'
import './states.css'

export type Shape = 'page' | 'table' | 'panel'

/** Skeleton of the layout to come; the style sheet hides it for the first 200 ms. */
export function Loading(props: { shape?: Shape }) {
  const { shape = 'table' } = props
  const t = useTexts(partTexts)
  return (
    <div className="k-loading" role="status" aria-live="polite">
      <span className="k-hidden">{t('loading')}</span>
      {shape === 'page' && (
        <div className="k-loading-page">
          <Skeleton height={30} width="62%" />
          <Skeleton height={14} width="40%" mt={10} />
          <Skeleton height={210} mt={26} radius={10} />
        </div>
      )}
      {shape === 'panel' && <Skeleton height={160} radius={10} />}
      {shape !== 'panel' && (
        <div className="k-loading-rows">
          {[74, 58, 66, 49, 70].map((width) => (
            <div key={width}>
              <Skeleton height={12} width={`${width * 0.6}%`} />
              <Skeleton height={12} width="12%" />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

type EmptyKind = 'nothing-yet' | 'nothing-for-filter' | 'not-enough' | 'no-right'

export interface EmptyProps {
  kind: EmptyKind
  title: string
  text?: ReactNode
  /** About how many more observations are needed (kind `not-enough`). */
  more?: number
  /** The one way out: set up, clear, ask. */
  action?: { label: string; run: () => void }
}

/** Never an empty box: what is missing, why, and the one thing to do about it. */
export function Empty(props: EmptyProps) {
  const { kind, title, text, more, action } = props
  const t = useTexts(partTexts)
  return (
    <div className="k-empty" data-kind={kind}>
      <p className="k-empty-title">{title}</p>
      {text && <p>{text}</p>}
      {more !== undefined && <p>{t('more_needed', { count: more })}</p>}
      {action && (
        <Button variant={kind === 'nothing-yet' ? 'filled' : 'default'} onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  )
}

/** What failed, what it means, what to do, and the id to quote. */
export function Failed(props: { problem: Problem; retry?: (() => void) | undefined }) {
  const { problem, retry } = props
  const t = useTexts(partTexts)
  if (problem.status === 403) {
    return <Empty kind="no-right" title={t('no_right')} text={problem.next ?? t('no_right_more')} />
  }
  const away = problem.status === 0
  return (
    <div className="k-failed" role="alert">
      <p className="k-empty-title">{away ? t('failed_unreachable') : t('failed')}</p>
      <p>{away ? t('failed_unreachable_more') : problem.message}</p>
      {problem.next && <p>{problem.next}</p>}
      {problem.id && <p className="k-failed-id">{t('failed_id', { id: problem.id })}</p>}
      {retry && (
        <Button variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}

export interface AnsweredProps<T> {
  query: Asked<T>
  shape?: Shape
  /** What to show instead when the answer is there but holds nothing. */
  empty?: (data: T) => ReactNode | undefined
  children: (data: T) => ReactNode
}

/** Shows the answer of `useOperation`, or whichever state it is in; old answers stay, greyed. */
export function Answered<T>(props: AnsweredProps<T>) {
  const { query, shape = 'table', empty, children } = props
  const t = useTexts(partTexts)
  const { data, problem } = query
  if (data === undefined) {
    return problem ? <Failed problem={problem} retry={query.retry} /> : <Loading shape={shape} />
  }
  const instead = empty?.(data)
  return (
    <div className={query.isStale ? 'k-answered k-stale' : 'k-answered'} aria-busy={query.isStale}>
      {query.isStale && (
        <span className="k-hidden" role="status">
          {t('refreshing')}
        </span>
      )}
      {instead ?? <Guard>{children(data)}</Guard>}
    </div>
  )
}

interface GuardState {
  problem: Problem | undefined
}

/** Keeps a broken part from taking the page along; the id also stands in the console. */
export class Guard extends Component<{ children: ReactNode }, GuardState> {
  override state: GuardState = { problem: undefined }

  static getDerivedStateFromError(thrown: unknown): GuardState {
    const { message } = asProblem(thrown)
    const id = newKey().slice(0, 8)
    return { problem: new Problem({ code: 'browser.mistake', message, status: -1, id }) }
  }

  override componentDidCatch(thrown: unknown): void {
    console.error(this.state.problem?.id, thrown)
  }

  override render(): ReactNode {
    const { problem } = this.state
    if (!problem) return this.props.children
    return <Failed problem={problem} retry={() => this.setState({ problem: undefined })} />
  }
}
