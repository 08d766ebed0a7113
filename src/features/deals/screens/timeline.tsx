// What happened to a deal, newest first: stages, activities, notes, who changed what, and its sale.
import { Button } from '@mantine/core'
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { MoreLink } from '../../../web/ui/more-link.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { activitiesTexts } from '../../activities/texts.ts'
import {
  useFieldWords,
  useOperationWords,
  useWrittenValue,
} from '../../team/screens/history-words.ts'
import { useMayRestore } from '../../team/screens/record-history.tsx'
import { boardTexts } from '../texts-board.ts'
import './timeline.css'

type Event = Answer<'deals.timeline'>['rows'][number]
type Version = Extract<Event, { kind: 'version' }>

export interface TimelineProps {
  id: string
  /** Of the deal as it is now: what is older can come back. */
  version: number
  currency: string
}

export function Timeline(deal: TimelineProps) {
  const t = useTexts(boardTexts)
  const parts = useTexts(partTexts)
  const list = usePages('deals.timeline', { id: deal.id, limit: 30 })
  return (
    <Answered query={list.query} shape="panel">
      {() => (
        <>
          <ol className="timeline">
            {list.rows.filter(hasHappened).map((event) => (
              <TimelineEvent key={keyOf(event)} event={event} deal={deal} />
            ))}
          </ol>
          {!list.rows.some(hasHappened) && <p className="k-muted">{t('timeline_none')}</p>}
          <MoreLink more={list.more}>{parts('rows_next')}</MoreLink>
        </>
      )}
    </Answered>
  )
}

const keyOf = (event: Event) =>
  event.kind === 'version' ? `version ${event.version}` : `${event.kind} ${event.id}`

function TimelineEvent({ event, deal }: { event: Event; deal: TimelineProps }) {
  const format = useFormat()
  return (
    <li data-kind={event.kind}>
      <time className="timeline-day" dateTime={event.day}>
        {format.date(event.day)}
      </time>
      <div className="timeline-what">
        <What event={event} deal={deal} />
      </div>
    </li>
  )
}

/** What is planned stands among the next steps. */
const hasHappened = (event: Event) => event.kind !== 'activity' || event.done

function What({ event, deal }: { event: Event; deal: TimelineProps }) {
  const t = useTexts(boardTexts)
  const kinds = useTexts(activitiesTexts)
  const format = useFormat()
  if (event.kind === 'version') return <VersionEvent event={event} deal={deal} />
  if (event.kind === 'stage')
    return <p className="timeline-head">{t('event_stage', { stage: event.stage.name })}</p>
  if (event.kind === 'sale') {
    const amount = format.money(event.amount ?? 0, event.currency, { currency: true })
    return (
      <p className="timeline-head">
        {event.share === 1
          ? t('event_sale', { amount })
          : t('event_sale_of', {
              amount,
              seller: event.seller?.name ?? '—',
              share: format.rate(event.share, 0),
            })}
      </p>
    )
  }
  if (event.kind === 'note') {
    return (
      <>
        <p className="timeline-text">{event.body}</p>
        <p className="timeline-who">{event.author.name}</p>
      </>
    )
  }
  const kind = `kind_${event.activity}` as Parameters<typeof kinds>[0]
  return (
    <>
      <p className="timeline-head">
        {kinds(kind)}: {event.subject}
      </p>
      {event.outcome && <p className="timeline-text">{event.outcome}</p>}
      {event.note && <p className="timeline-text">{event.note}</p>}
      {event.seller && <p className="timeline-who">{event.seller.name}</p>}
    </>
  )
}

const undoable = new Set(['deals.edit', 'deals.move', 'deals.set-sellers', 'history.restore'])

function VersionEvent({ event, deal }: { event: Version; deal: TimelineProps }) {
  const { id, version, currency } = deal
  const t = useTexts(boardTexts)
  const words = useOperationWords()
  const label = useFieldWords()
  const write = useWrittenValue()
  const parts = useTexts(partTexts)
  const setSearch = useSetSearch()
  const mayRestore = useMayRestore('deal')
  const undo = useChange('changes.undo')
  const first = event.version === 1
  // How it began: the rest stands beside, unless it was changed since, and then it is told there.
  const shown = Object.entries(event.fields).filter(
    ([name]) => !first || name === 'stage' || name === 'amount',
  )
  const takeBack = () =>
    void undo.run({ id: event.changeId }).catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <>
      <p className="timeline-head">
        {first ? t('event_version_first') : words(event.operation)}
        {event.undone && <span className="k-muted"> · {t('undone')}</span>}
        {!event.undone && undoable.has(event.operation) && (
          <Button variant="subtle" size="compact-sm" loading={undo.busy} onClick={takeBack}>
            {t('undo_step')}
          </Button>
        )}
        {event.version < version && mayRestore && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setSearch({ history: `deal:${id}:${event.changeId}` })}
          >
            {parts('history_restore')}
          </Button>
        )}
      </p>
      {shown.length > 0 && (
        <dl className="timeline-fields">
          {shown.map(([name, [before, after]]) => (
            <div key={name}>
              <dt>{label(name)}</dt>
              <dd>
                {!first && <del>{write(name, before, currency) ?? t('empty')}</del>}{' '}
                <ins>{write(name, after, currency) ?? t('empty')}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {event.actor.name !== '' && <p className="timeline-who">{event.actor.name}</p>}
    </>
  )
}
