// How far something has come, with the way to stop it.
import { Button, Progress } from '@mantine/core'
import '@mantine/core/styles/Progress.layer.css'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './progress.css'

export interface ProgressBarProps {
  label: string
  done: number
  /** Unknown totals show the count alone and a resting bar. */
  total?: number | undefined
  /** `bytes` writes sizes; otherwise a word behind the numbers: “rows”. */
  unit?: 'bytes' | string
  onCancel?: (() => void) | undefined
  cancelling?: boolean
}

export function ProgressBar(props: ProgressBarProps) {
  const { label, done, total, unit = '', onCancel, cancelling = false } = props
  const t = useTexts(partTexts)
  const format = useFormat()
  const write = (value: number) => (unit === 'bytes' ? format.bytes(value) : format.count(value))
  const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total)
  const counted =
    total === undefined ? write(done) : t('done_of', { done: write(done), total: write(total) })
  const words = unit === '' || unit === 'bytes' ? counted : `${counted} ${unit}`
  return (
    <div className="k-progress">
      <div className="k-progress-head">
        <span>{label}</span>
        <span className="k-muted">{words}</span>
      </div>
      <div className="k-progress-line">
        <Progress.Root size={6} radius={3} className="k-progress-bar">
          <Progress.Section
            value={share * 100}
            aria-label={label}
            aria-valuetext={words}
            color="accent"
          />
        </Progress.Root>
        {onCancel && (
          <Button variant="subtle" size="compact-sm" loading={cancelling} onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </div>
  )
}
