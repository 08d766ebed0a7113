// Names and values of one record, one under the other.
import type { ReactNode } from 'react'
import './detail-list.css'

export interface Detail {
  label: string
  value: ReactNode | null
}

/** Values that are not known are shown as a dash. */
export function DetailList(props: { rows: readonly Detail[] }) {
  return (
    <dl className="k-details">
      {props.rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  )
}
