// Two people, one record: both versions side by side, and the choice which one stays.
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './conflict-notice.css'

export interface ConflictField<T> {
  key: keyof T & string
  label: string
  /** Writes the value as the form shows it. */
  show?: (value: T[keyof T & string]) => string
}

export interface ConflictNoticeProps<T> {
  mine: T
  theirs: T
  fields: readonly ConflictField<T>[]
  who?: string
  /** Instant in UTC. */
  at?: string
  zone?: string
  onTakeMine: () => void
  onTakeTheirs: () => void
  busy?: boolean
}

export function ConflictNotice<T extends object>(props: ConflictNoticeProps<T>) {
  const { mine, theirs, fields, who, at, zone } = props
  const t = useTexts(partTexts)
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const written = (field: ConflictField<T>, value: T[keyof T & string]) =>
    field.show ? field.show(value) : String(value ?? '—')
  return (
    <div className="k-conflict" role="alert" tabIndex={-1} ref={box}>
      <p className="k-conflict-title">{t('conflict_title')}</p>
      <p>
        {who !== undefined && at !== undefined
          ? t('conflict_text', { who, at: format.instant(at, zone) })
          : t('conflict_text_unknown')}
      </p>
      <table className="k-conflict-table">
        <thead>
          <tr>
            <th scope="col">{t('conflict_field')}</th>
            <th scope="col">{t('conflict_mine')}</th>
            <th scope="col">{t('conflict_theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const own = written(field, mine[field.key])
            const other = written(field, theirs[field.key])
            const differs = own !== other
            return (
              <tr key={field.key} data-differs={differs || undefined}>
                <th scope="row">
                  {field.label}
                  {differs && <span className="k-hidden"> ({t('differs')})</span>}
                </th>
                <td>{own}</td>
                <td>{other}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="k-form-buttons">
        <Button variant="default" onClick={props.onTakeTheirs} disabled={props.busy ?? false}>
          {t('take_theirs')}
        </Button>
        <Button variant="default" onClick={props.onTakeMine} loading={props.busy ?? false}>
          {t('take_mine')}
        </Button>
      </div>
    </div>
  )
}
