// How changes are told on the screen: operations, fields and values in the person's language.
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { fieldTexts, valueTexts } from '../texts-history.ts'
import { operationTexts } from '../texts-operations.ts'

const amounts = new Set(['amount', 'listPrice', 'cost'])
const worded = new Set(['state', 'outcome', 'kind', 'renewal', 'every', 'repeats', 'shared'])

export function useOperationWords(): (operation: string) => string {
  const t = useTexts(operationTexts)
  return (operation) =>
    operation in operationTexts.en ? t(operation as keyof typeof operationTexts.en) : t('other')
}

const order = Object.keys(fieldTexts.en)
const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)

/** Fields as pages have them: the name first, own fields last. */
export function byField(a: string, b: string): number {
  return place(a) - place(b) || a.localeCompare(b)
}

const described = ['customer', 'contact', 'product'] as const

/** What a field is called; an own field by its label, and what nobody named by its own name. */
export function useFieldWords(entity?: string): (name: string) => string {
  const t = useTexts(fieldTexts)
  const owner = described.find((one) => one === entity)
  const own = useOperation(
    'own-fields.list',
    { entity: owner ?? 'customer' },
    { enabled: owner !== undefined },
  )
  return (name) => {
    if (name in fieldTexts.en) return t(name as keyof typeof fieldTexts.en)
    const key = name.replace(/^traits\./, '')
    return own.data?.rows.find((one) => one.key === key)?.label ?? key
  }
}

/** What the values of a goal are measured in; undefined for other records, and until it is known. */
interface MeasuredIn {
  unit: string
  currency: string
}

export function useMeasuredIn(entity: string, id: string): MeasuredIn | undefined {
  const lang = useLanguage()
  return useOperation('goals.get', { id, lang }, { enabled: entity === 'goal' }).data
}

type Write = (name: string, value: unknown, currency: string | undefined) => string | undefined

/** Writes a value as the pages do: amounts in their currency, days as dates, words in the language. */
export function useWrittenValue(measured?: MeasuredIn): Write {
  const format = useFormat()
  const lang = useLanguage()
  const metrics = useOperation('results.metrics', {}, { enabled: measured !== undefined }).data
  const values = useTexts(valueTexts)
  const number = (value: number) => format.number(value, (String(value).split('.')[1] ?? '').length)
  const rate = (value: number) => format.rate(value, (value * 100) % 1 === 0 ? 0 : 2)
  const seller = (part: Part) => `${part.seller ?? '—'} ${rate(Number(part.share))}`
  const line = (part: Part, currency: string | undefined) =>
    [
      `${number(Number(part.quantity ?? 1))} × ${part.product ?? values('no_product')}`,
      ...(part.discount ? [`−${rate(Number(part.discount))}`] : []),
      ...(typeof part.amount === 'number' && currency
        ? [format.money(part.amount, currency, { currency: true })]
        : []),
    ].join(' · ')
  /** Of a goal: in the unit of what it counts. */
  const attained = (value: number) =>
    measured?.unit === 'money'
      ? format.money(value, measured.currency, { currency: true })
      : measured?.unit === 'rate'
        ? rate(value)
        : number(value)
  const milestone = (part: Part) =>
    [format.date(String(part.on)), attained(Number(part.value)), part.name ?? ''].join(' ').trim()
  const step = (part: Part) =>
    typeof part.doneOn === 'string'
      ? `${part.name} (${values('step_done', { date: format.date(part.doneOn) })})`
      : String(part.name)
  const write: Write = (name, value, currency) => {
    // What is not so is told by what is: most goals were never shown to anybody.
    if (value === null || value === undefined || value === '' || value === false) return undefined
    if (typeof value === 'number') {
      if (name === 'target') return attained(value)
      return amounts.has(name) && currency !== undefined
        ? format.money(value, currency, { currency: true })
        : number(value)
    }
    if (Array.isArray(value)) {
      const parts = value as readonly Part[]
      const said: Readonly<Record<string, (part: Part) => string>> = {
        sellers: seller,
        milestones: milestone,
        steps: step,
      }
      const one = said[name] ?? ((part: Part) => line(part, currency))
      return parts.length === 0 ? undefined : parts.map(one).join('\n')
    }
    if (typeof value === 'object') {
      const said = Object.entries(value).map(([key, one]) => `${key}: ${one}`)
      return said.join(', ') || undefined
    }
    if (name === 'metric')
      return metrics?.rows.find(({ id }) => id === value)?.name[lang] ?? String(value)
    // Kept as the day after the last one.
    if (name === 'untilOn') return format.date(dayBefore(String(value)))
    if (worded.has(name) && String(value) in valueTexts.en)
      return values(String(value) as keyof typeof valueTexts.en)
    return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? format.date(String(value)) : String(value)
  }
  return write
}

type Part = Readonly<Record<string, unknown>>
