// The launch key: read once from the address fragment, then kept by this origin only.
import { keepValue, keptValue } from './theme-choice.ts'

const name = 'kontor-key'
let held: string | undefined

/**
 * Takes `#key=…` out of the address before anything else can see it: fragments are not sent to
 * servers, and the history entry is replaced, so that the key does not stay in the address line.
 */
export function takeKeyFromAddress(): void {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''))
  const key = fragment.get('key')
  if (key === null || key === '') return
  held = key
  keepValue(name, key)
  fragment.delete('key')
  const rest = fragment.toString()
  history.replaceState(
    history.state,
    '',
    `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`,
  )
}

/** The key to send, or undefined when nobody has brought one yet. */
export function launchKey(): string | undefined {
  held ??= keptValue(name)
  return held
}

/** Takes a key typed or pasted by hand: the bare key or the whole address. */
export function takeKey(typed: string): void {
  const found = /[#&]key=([^&\s]+)/.exec(typed)?.[1] ?? typed.trim()
  held = found === '' ? undefined : decodeURIComponent(found)
  keepValue(name, held)
}
