// Cuts pieces out of long text, for messages and for keeping.

/** The first `most` UTF-16 units of a text, one fewer where the cut would split a pair. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most)
}

/**
 * The same text, on its own in memory. A piece of a long string keeps the whole of it alive, so what
 * outlives its chunk of a file is detached first.
 */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
