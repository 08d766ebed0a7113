// Text and JSON in a form that PostgreSQL can keep: no zero characters, no halves of surrogate pairs.

/** U+0000 becomes its picture U+2400, a lone surrogate U+FFFD. */
export function storableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole
}

/** JSON text of a value, its strings and keys as {@link storableText}. */
export function storableJson(value: unknown): string {
  // Whole pairs are written as they are, so every escaped surrogate is a lone one.
  return JSON.stringify(value).replace(
    /\\(?:u([0-9a-f]{4})|.)/g,
    (written: string, code: string | undefined) => {
      if (code === '0000') return '\\u2400'
      return code !== undefined && /^d[89a-f]/.test(code) ? '\\ufffd' : written
    },
  )
}
