// Entries in words: what waits, and why it stands where it stands.
import type { Answer } from '../../../web/client.ts'
import type { Format } from '../../../web/format.ts'
import { dayBefore, daysBetween } from '../../../web/format-period.ts'
import type { Translate } from '../../../web/translator.ts'
import type { todayTexts } from '../texts.ts'

export type List = Answer<'today.list'>
export type Row = List['rows'][number]
type T = Translate<typeof todayTexts>

const activities = ['call', 'mail', 'meeting', 'visit', 'message', 'task'] as const

/** What waits, in one line. */
export function whatWords(t: T, format: Format, { kind, values, due }: Row): string {
  const text = (name: string) => String(values[name] ?? '')
  const day = (value: unknown) => (typeof value === 'string' ? format.date(value) : '')
  const name = values.name
  switch (kind) {
    case 'goal-at-risk': {
      const chance = text(format.language === 'de' ? 'chance_de' : 'chance_en')
      return t('goal_at_risk', { name, chance })
    }
    case 'goal-check-in':
      return t('goal_check_in', { name })
    case 'goal-missed':
      return t('goal_missed', { name })
    case 'activity': {
      const activity = activities.find((one) => one === values.activity) ?? 'task'
      const words = { activity: t(`activity_${activity}`), name, with: text('with') }
      return t(values.with ? 'activity_with' : 'activity', words)
    }
    case 'deal-without-step':
      return t('deal_without_step', { name: name || t('unnamed') })
    case 'deal-stalled':
      return t('deal_stalled', { name: name || t('unnamed'), stage: text('stage') })
    case 'contract-ending':
      return t('contract_ending', { name, ends: day(values.ends) })
    case 'contract-notice':
      return t('contract_notice', { name, due: day(due) })
    case 'import-waiting':
      return t('import_waiting', { name })
    case 'import-rejected':
      return t('import_rejected', { name, count: Number(values.count) })
    case 'quality-finding': {
      const said = format.language === 'de' ? text('name_de') : name
      return t('quality_finding', { name: said, count: Number(values.count) })
    }
  }
}

/** Why it stands where it stands. */
export function whyWords(
  t: T,
  format: Format,
  { row, today, currency }: { row: Row; today: string; currency: string },
): string {
  const { kind, due, stake, place, values } = row
  const parts: string[] = []
  if (due !== null && place === 'due') {
    const late = daysBetween(due, today)
    parts.push(late > 0 ? t('why_late', { count: late }) : t('why_today'))
  }
  if (kind === 'goal-at-risk')
    parts.push(t('why_goal', { day: format.date(dayBefore(String(values.until))) }))
  if (stake) parts.push(stakeWords(t, format, stake, currency))
  else if (kind.startsWith('deal')) parts.push(t('why_no_value'))
  else if (kind.startsWith('import')) parts.push(t('why_import'))
  else if (kind === 'quality-finding') parts.push(t('why_quality'))
  else if (due !== null && place === 'ahead') parts.push(t('why_ahead', { day: format.date(due) }))
  return parts.join(' ')
}

function stakeWords(
  t: T,
  format: Format,
  { amount, loss }: NonNullable<Row['stake']>,
  currency: string,
): string {
  const money = format.money(amount, currency, { digits: 'whole', currency: true })
  if (loss.by === 'end') return t('why_end', { amount: money })
  if (loss.by === 'chance') return t('why_chance', { amount: money })
  if (loss.closed === 0) return t('why_history_none', { amount: money })
  const counts = { amount: money, closed: loss.closed, lost: loss.lost }
  return loss.days === null
    ? t('why_history_all', counts)
    : t('why_history', { ...counts, days: loss.days })
}

/** The finding: what is due, and what waits. */
export function findingWords(t: T, format: Format, list: List, onlySnoozed: boolean): string {
  const { counts, waiting, currency } = list
  if (onlySnoozed) return t('finding_snoozed', { count: counts.snoozed })
  const amount = format.money(waiting.amount, currency, { digits: 'whole', currency: true })
  if (counts.more) return t('finding_due_more', { count: counts.due })
  if (counts.due > 0)
    return waiting.amount > 0
      ? t('finding_due_waiting', { count: counts.due, amount })
      : t('finding_due', { count: counts.due })
  if (waiting.amount > 0) return t('finding_waiting', { count: waiting.deals, amount })
  return counts.all > 0 ? t('finding_some', { count: counts.all }) : t('finding_none')
}
