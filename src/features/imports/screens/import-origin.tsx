// Where an import comes from: who took which file in when, and the revisions it made of the data.
import { useFormat } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { type Detail, DetailList } from '../../../web/ui/detail-list.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { type BatchDetail, useImportTexts } from './batch-words.ts'

export function OriginSection({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const format = useFormat()
  const zone = useOrganisation().data?.settings.zone
  const at = format.instant(batch.createdAt, zone)
  const { name } = batch.createdBy
  const revision = (label: string, made: number | null): Detail[] =>
    made === null ? [] : [{ label, value: t('origin_at', { revision: format.count(made) }) }]
  return (
    <Section title={t('origin')}>
      <DetailList
        rows={[
          { label: t('origin_taken'), value: name === '' ? at : t('origin_by', { at, name }) },
          ...revision(t('origin_revision'), batch.revision),
          ...revision(t('origin_undone'), batch.undoRevision),
          {
            label: t('origin_hash'),
            value: <code className="imports-hash">{batch.fileHash}</code>,
          },
        ]}
      />
    </Section>
  )
}
