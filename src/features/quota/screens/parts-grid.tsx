// The parts of a number as a grid: walked by Enter and arrows, the rest given away by Alt + R.
import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { dash } from '../../../web/format.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { parseMoney, parseNumber } from '../../../web/parse.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { allocateTexts } from '../texts-allocate.ts'
import type { Plan } from './allocate-screen.tsx'
import { useExactAmount, useQuotaAmount } from './quota-words.ts'

interface PartsGridProps {
  plan: Plan
  parts: readonly number[]
  rest: number
  set: (at: number, value: number) => void
  giveRest: (at: number) => void
}

export function PartsGrid({ plan, parts, rest, set, giveRest }: PartsGridProps) {
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const exact = useExactAmount(plan)
  const short = useQuotaAmount(plan)
  const table = useRef<HTMLTableElement>(null)
  const loaded = plan.rows.some(({ load }) => load !== 1)
  const joined = plan.rows.some(({ joinedOn }) => joinedOn !== null)
  const expected = plan.rows.some((row) => row.expected !== null)
  const committed = plan.rows.some(({ commitment }) => commitment !== null)
  const move = (at: number) => {
    const next = table.current?.querySelectorAll<HTMLInputElement>('.quota-part input')[at]
    next?.focus()
    next?.select()
  }
  return (
    <div className="quota-grid">
      <table ref={table}>
        <caption className="k-hidden">{t('grid')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            {joined && (
              <th scope="col" data-wide>
                {t('joined')}
              </th>
            )}
            <th scope="col" data-wide>
              {t('last_year')}
            </th>
            {expected && (
              <th scope="col" data-wide>
                {t('expected')}
              </th>
            )}
            {loaded && (
              <th scope="col" data-wide>
                {t('load')}
              </th>
            )}
            {committed && (
              <th scope="col" data-wide>
                {t('committed')}
              </th>
            )}
            <th scope="col" data-wide>
              {t('current')}
            </th>
            <th scope="col">{t('part')}</th>
            <th scope="col">{t('share')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row, at) => {
            const part = parts[at] ?? 0
            return (
              <tr key={row.holder.id}>
                <th scope="row">
                  {row.holder.name}
                  {row.holder.kind === 'position' && (
                    <span className="quota-held">{row.heldBy ?? t('vacant')}</span>
                  )}
                </th>
                {joined && (
                  <td data-wide>
                    {row.joinedOn === null ? dash : format.shortDateYear(row.joinedOn)}
                  </td>
                )}
                <td data-wide>
                  <Figure
                    figure={row.lastYear}
                    name={`${row.holder.name}, ${t('last_year')}`}
                    digits={0}
                  />
                </td>
                {expected && (
                  <td data-wide>
                    {row.expected === null ? dash : exact(Math.round(row.expected.value))}
                    {row.expected && (
                      <span className="quota-held">
                        {t('expected_range', {
                          low: short(row.expected.low),
                          high: short(row.expected.high),
                        })}
                        {row.expected.extrapolates && ` · ${t('extrapolates')}`}
                      </span>
                    )}
                  </td>
                )}
                {loaded && <td data-wide>{format.rate(row.load, 0)}</td>}
                {committed && (
                  <td data-wide>{row.commitment === null ? dash : exact(row.commitment)}</td>
                )}
                <td data-wide>{row.current === null ? dash : exact(row.current)}</td>
                <td className="quota-part-cell">
                  <PartField
                    name={row.holder.name}
                    value={part}
                    currency={plan.currency}
                    onChange={(value) => set(at, value)}
                    onKey={(event) => {
                      if (event.key === 'Enter' || event.key === 'ArrowDown') move(at + 1)
                      else if (event.key === 'ArrowUp') move(at - 1)
                      else if (event.altKey && event.code === 'KeyR') giveRest(at)
                      else return
                      event.preventDefault()
                    }}
                  />
                </td>
                <td>
                  {rest !== 0 && part + rest >= 0 ? (
                    <button
                      type="button"
                      className="k-link"
                      aria-label={t('rest_here_for', { name: row.holder.name })}
                      onClick={() => giveRest(at)}
                    >
                      {t('rest_here')}
                    </button>
                  ) : plan.total === 0 ? (
                    dash
                  ) : (
                    format.rate(part / plan.total, 1)
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** An amount that is read on every key and written out when it is left. */
function PartField(props: {
  name: string
  value: number
  currency: string | null
  onChange: (value: number) => void
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void
}) {
  const { name, value, currency, onChange, onKey } = props
  const t = useTexts(allocateTexts)
  const language = useLanguage()
  const format = useFormat()
  const write = (amount: number) =>
    currency === null ? format.count(amount) : format.money(amount, currency)
  const read = (typed: string): number | undefined => {
    const parsed =
      currency === null ? parseNumber(typed, language) : parseMoney(typed, currency, language)
    return parsed.ok && Number.isSafeInteger(parsed.value) && parsed.value >= 0
      ? parsed.value
      : undefined
  }
  const [text, setText] = useState(write(value))
  const wrong = read(text) === undefined
  // Given the rest, or another language: written anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `write` and `read` are new on every render.
  useEffect(() => {
    if (read(text) !== value) setText(write(value))
  }, [value, language])
  return (
    <TextInput
      className="quota-part"
      size="xs"
      aria-label={t('part_of', { name })}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={wrong}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        const understood = read(typed)
        if (understood !== undefined && understood !== value) onChange(understood)
      }}
      onBlur={() => setText(write(value))}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKey}
    />
  )
}
