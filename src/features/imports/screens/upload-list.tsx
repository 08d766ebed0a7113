// Files being sent, with progress and the way to stop; files that were not taken, with the reason.
import { useOrg } from '../../../web/address.tsx'
import { ProgressBar } from '../../../web/ui/progress.tsx'
import { useImportTexts } from './batch-words.ts'
import { dismissUpload, type Upload, useUploads } from './uploads.ts'

export function UploadList() {
  const uploads = useUploads(useOrg())
  if (uploads.length === 0) return null
  return (
    <ul className="imports-uploads">
      {uploads.map((one) => (
        <li key={one.key}>{one.problem ? <NotTaken upload={one} /> : <Sending upload={one} />}</li>
      ))}
    </ul>
  )
}

function Sending({ upload }: { upload: Upload }) {
  const t = useImportTexts()
  const { fileName: name, sentBytes, totalBytes } = upload
  // All is sent and no answer yet: the server reads it.
  const label = t(sentBytes >= totalBytes ? 'reading' : 'uploading', { name })
  return (
    <ProgressBar
      label={label}
      done={sentBytes}
      total={totalBytes}
      unit="bytes"
      onCancel={() => dismissUpload(upload.key)}
    />
  )
}

function NotTaken({ upload }: { upload: Upload }) {
  const t = useImportTexts()
  const { problem } = upload
  return (
    <div className="imports-not-taken" role="alert">
      <p>
        <b>{t('upload_failed', { name: upload.fileName })}</b> {problem?.message}
      </p>
      {problem?.next && <p className="k-muted">{problem.next}</p>}
      <button type="button" className="k-link" onClick={() => dismissUpload(upload.key)}>
        {t('dismiss')}
      </button>
    </div>
  )
}
