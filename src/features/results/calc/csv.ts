// CSV that a spreadsheet opens without running anything that somebody wrote into a name (RFC 4180).

/**
 * A text cell. One that a spreadsheet would take for a formula (it begins with = + - @, a tab or a
 * carriage return) gets an apostrophe in front.
 */
export function textCell(text: string | null): string {
  if (text === null) return ''
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Lines of CSV with their ends; cells are already written. */
export function csvLines(rows: Iterable<readonly string[]>): string {
  let text = ''
  for (const row of rows) text += `${row.join(',')}\r\n`
  return text
}
