// What happened to a record: who, when, what, and the way back.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './history-list.css'

interface HistoryEntry {
  id: string
  /** Instant in UTC. */
  at: string
  who: string
  text: string
  /** Where it came from: a link to the import. */
  source?: ReactNode
  /** Changed fields, old and new. */
  details?: readonly { label: string; before?: string | undefined; after?: string | undefined }[]
  /** Absent: it cannot be undone. */
  undo?: (() => void) | undefined
  undone?: boolean
  /** Brings the record back to how this left it. */
  restore?: (() => void) | undefined
}

export interface HistoryListProps {
  entries: readonly HistoryEntry[]
  /** Time zone of the organisation. */
  zone?: string
}

export function HistoryList(props: HistoryListProps) {
  const t = useTexts(partTexts)
  const format = useFormat()
  if (props.entries.length === 0) return <p className="k-muted">{t('history_none')}</p>
  return (
    <ol className="k-history">
      {props.entries.map((entry) => (
        <li key={entry.id} data-undone={entry.undone || undefined}>
          <div className="k-history-head">
            <span>
              <span className="k-history-text">{entry.text}</span>
              {entry.source && <span className="k-history-source"> · {entry.source}</span>}
              {entry.undone && <span className="k-hidden"> {t('history_undone')}</span>}
            </span>
            <span className="k-history-ways">
              {entry.restore && (
                <Button variant="subtle" size="compact-sm" onClick={entry.restore}>
                  {t('history_restore')}
                </Button>
              )}
              {entry.undo && !entry.undone && (
                <Button variant="subtle" size="compact-sm" onClick={entry.undo}>
                  {t('undo')}
                </Button>
              )}
            </span>
          </div>
          {entry.details && entry.details.length > 0 && (
            <dl className="k-history-details">
              {entry.details.map((detail) => (
                <div key={detail.label}>
                  <dt>{detail.label}</dt>
                  <dd>
                    {detail.before !== undefined && <del>{detail.before}</del>}{' '}
                    {detail.after !== undefined && <ins>{detail.after}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          <p className="k-history-when">
            {entry.who} · <time dateTime={entry.at}>{format.instant(entry.at, props.zone)}</time>
          </p>
        </li>
      ))}
    </ol>
  )
}
