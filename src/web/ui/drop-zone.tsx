// A place to drop one or several files, or to choose them by keyboard.
import { type DragEvent, useId, useRef, useState } from 'react'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './drop-zone.css'

export interface DropZoneProps {
  onFiles: (files: File[]) => void
  /** Endings that are taken: ['.csv', '.csv.gz']. All when absent. */
  accept?: readonly string[]
  /** A line below: what can be dropped. */
  hint?: string
  disabled?: boolean
}

/** Splits what was dropped into what is taken and what is not, by the ending of the name. */
export function sortFiles<T extends { name: string }>(
  files: readonly T[],
  accept: readonly string[] | undefined,
): { taken: T[]; refused: T[] } {
  const fits = (file: T) =>
    accept === undefined || accept.some((ending) => file.name.toLowerCase().endsWith(ending))
  return { taken: files.filter(fits), refused: files.filter((file) => !fits(file)) }
}

export function DropZone(props: DropZoneProps) {
  const { onFiles, accept, hint, disabled = false } = props
  const t = useTexts(partTexts)
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<readonly string[]>([])

  const take = (list: FileList | null) => {
    if (!list || list.length === 0 || disabled) return
    const sorted = sortFiles([...list], accept)
    setRefused(sorted.refused.map((file) => file.name))
    if (sorted.taken.length > 0) onFiles(sorted.taken)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const onDragOver = (event: DragEvent) => {
    event.preventDefault()
    if (!disabled) setOver(true)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's extra way; the button below is everybody's.
    <div
      className="k-drop"
      data-over={over || undefined}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
    >
      <p className="k-drop-words">
        {over ? (
          t('drop_release')
        ) : (
          <>
            {t('drop_here')}{' '}
            <button
              type="button"
              className="k-link"
              disabled={disabled}
              aria-describedby={hint ? hintId : undefined}
              onClick={() => input.current?.click()}
            >
              {t('drop_or')}
            </button>
          </>
        )}
      </p>
      {hint && (
        <p id={hintId} className="k-drop-hint">
          {hint}
        </p>
      )}
      {refused.length > 0 && (
        <p className="k-drop-refused" role="alert">
          {t('drop_refused', { names: format.list(refused), accept: format.list(accept ?? []) })}
        </p>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept?.join(',')}
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file chosen again is an event again.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
