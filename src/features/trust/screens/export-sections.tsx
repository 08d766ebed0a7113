// Everything out as one archive, and an archive in where nothing is yet.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { download, upload } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { Section } from '../../../web/ui/page.tsx'
import { ProgressBar } from '../../../web/ui/progress.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { trustTexts } from '../texts.ts'

export function ExportSection() {
  const t = useTexts(trustTexts)
  const org = useOrg()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await download('trust.export', {}, { org })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={t('export')} note={t('export_note')}>
      <div className="k-page-actions">
        <Button variant="default" loading={busy} onClick={() => void run()}>
          {t('export_run')}
        </Button>
      </div>
    </Section>
  )
}

export function RestoreSection() {
  const t = useTexts(trustTexts)
  const format = useFormat()
  const org = useOrg()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<{ done: number; total: number }>()
  const take = async (file: File | undefined) => {
    if (!file) return
    setSent({ done: 0, total: file.size })
    try {
      const { name, revision } = await upload('trust.restore', {}, file, {
        org,
        onProgress: (done, total) => setSent({ done, total }),
      })
      toast.done(t('restore_done', { name, revision: format.count(revision) }))
      await client.invalidateQueries()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    } finally {
      setSent(undefined)
    }
  }
  const all = sent !== undefined && sent.done >= sent.total
  return (
    <Section title={t('restore')} note={t('restore_note')}>
      <div className="k-page-actions">
        <Button
          variant="default"
          loading={sent !== undefined}
          onClick={() => input.current?.click()}
        >
          {t('restore_choose')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label={t('restore_choose')}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {sent && (
        <ProgressBar
          label={t(all ? 'restoring' : 'sending')}
          done={sent.done}
          total={sent.total}
          unit="bytes"
        />
      )}
    </Section>
  )
}
