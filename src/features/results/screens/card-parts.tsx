// What both cards are made of: figures in a row, small tables, shares with their interval.
import type { ReactNode } from 'react'
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import type { DateRange } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import type { WhyQuestion } from '../../../web/why.ts'
import { cardsTexts } from '../texts-cards.ts'
import './cards.css'

export interface CardFigure {
  name: string
  figure: FigureShape
  why?: WhyQuestion | undefined
  digits?: number
  /** What is said below it. */
  note?: string | undefined
}

export function CardFigures(props: { figures: readonly CardFigure[] }) {
  return (
    <dl className="cards-figures">
      {props.figures.map(({ name, figure, why, digits, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Figure
              figure={figure}
              name={name}
              why={why}
              unit
              interval="beside"
              {...(digits === undefined ? {} : { digits })}
            />
            {note && <p className="cards-note">{note}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export interface CardRow {
  id: string
  name: ReactNode
  values: readonly { id: string; value: ReactNode }[]
}

export function CardTable(props: {
  caption: string
  heads: readonly string[]
  rows: readonly CardRow[]
}) {
  return (
    <table className="cards-table">
      <caption className="k-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            {row.values.map(({ id, value }) => (
              <td key={id}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a card rests on: its period, and the day as of which it is told. */
export function useCardNote(): (period: DateRange, asOf: string | undefined) => string {
  const t = useTexts(cardsTexts)
  const format = useFormat()
  return (period, asOf) =>
    asOf === undefined
      ? t('note', { period: format.period(period) })
      : t('note_as_of', { period: format.period(period), day: format.date(asOf) })
}

/** Whole percents: the interval beside says how little more digits would mean. */
export function Share(props: { figure: FigureShape; name: string; interval?: boolean }) {
  return (
    <Figure
      figure={props.figure}
      name={props.name}
      digits={0}
      unit
      interval={props.interval === false ? 'none' : 'beside'}
    />
  )
}

/** A name with the mark of a small group. */
export function Marked(props: { name: ReactNode; small: boolean }) {
  const t = useTexts(cardsTexts)
  if (!props.small) return props.name
  return (
    <>
      {props.name} <abbr title={t('small')}>*</abbr>
    </>
  )
}
