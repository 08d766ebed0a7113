// Keys as people see them on their keyboard.
import { useTexts } from './language.ts'
import { shellTexts } from './texts.ts'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** `g d` as two keys in a row, `mod+k` as Ctrl K, Strg K or ⌘ K. */
export function KeysShown(props: { keys: string }) {
  const t = useTexts(shellTexts)
  const presses = props.keys.split(' ')
  return (
    <span className="k-keys">
      {presses.map((press, index) => (
        <span key={`${press}${presses.indexOf(press) === index ? '' : index}`}>
          {index > 0 && <span className="k-muted"> {t('shortcut_then')} </span>}
          {press.split('+').map((key) => (
            <kbd key={key}>{key === 'mod' ? (isApple ? '⌘' : t('key_control')) : shown(key)}</kbd>
          ))}
        </span>
      ))}
    </span>
  )
}

/** A key that is called differently on German keyboards. */
export function KeyCap({ of }: { of: 'control' | 'shift' | 'space' }) {
  const t = useTexts(shellTexts)
  return <kbd>{t(`key_${of}`)}</kbd>
}

function shown(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key
}
