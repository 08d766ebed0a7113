// An import in words: what it holds, what came or would come of it.
import { useMemo } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import type { Translate } from '../../../web/translator.ts'
import { importsTexts } from '../texts.ts'

export type BatchDetail = Answer<'imports.get'>
export type Batch = Answer<'imports.list'>['rows'][number]
export type Kind = Batch['kind']
export type ImportTexts = Translate<typeof importsTexts>

/** The order in which files that mention each other come in best. */
export const kindOrder: readonly Kind[] = [
  'sellers',
  'teams',
  'customers',
  'contacts',
  'products',
  'deals',
  'orders',
  'order-lines',
  'contracts',
  'activities',
  'rates',
  'surveys',
  'cases',
  'quotas',
  'goals',
]
const counted = [...kindOrder, 'stages', 'lost-reasons', 'people'] as const
type Counted = (typeof counted)[number]

/** States in which a person still has to decide. */
export const waitingStates: readonly Batch['state'][] = [
  'read',
  'asking',
  'ready',
  'failed',
  'cancelled',
]

export function isCounted(name: string): name is Counted {
  return counted.some((one) => one === name)
}

/** Counts of a batch; what has not been counted yet is 0. */
export function countsOf(batch: Pick<Batch, 'counts'>) {
  const { read = 0, added = 0, updated = 0, unchanged = 0, rejected = 0 } = batch.counts
  return { read, added, updated, unchanged, rejected }
}

/** “8,800 deals”, “2 new and 3 changed deals”. */
export function whatComes(t: ImportTexts, batch: Pick<Batch, 'counts' | 'kind'>): string {
  const { added, updated } = countsOf(batch)
  const kind = t(`some_${batch.kind}`)
  if (updated === 0) return t(`count_${batch.kind}`, { count: added })
  if (added === 0) return t('only_changed', { count: updated, kind })
  return t('new_and_changed', { added, updated, kind })
}

/** Whether what the file holds is itself still a question; until then the kind is a mere guess. */
export function kindIsOpen(batch: Pick<BatchDetail, 'questions'>): boolean {
  return batch.questions.some((one) => one.code === 'unknown_kind')
}

/** The sentence an import's page opens with. */
export function findingOf(t: ImportTexts, batch: BatchDetail): string {
  const { fileName: file, state } = batch
  const { added, updated, unchanged } = countsOf(batch)
  const changes = added + updated > 0
  switch (state) {
    case 'read':
      return t('finding_reading', { file })
    case 'asking':
      return t('finding_asking', { count: batch.questions.length, file })
    case 'ready':
      if (changes) return t('finding_ready', { what: whatComes(t, batch) })
      return t(unchanged > 0 ? 'finding_ready_same' : 'finding_ready_none', { file })
    case 'applied':
      return changes
        ? t('finding_applied', { what: whatComes(t, batch) })
        : t('finding_applied_same', { file })
    default:
      return t(`finding_${state}`, { file })
  }
}

export function useImportTexts(): ImportTexts {
  const t = useTexts(importsTexts)
  return useMemo(() => t, [t])
}
