// CSV that a spreadsheet opens without running anything that somebody wrote into a name (RFC 4180).

const plainNumber = /^-?\d+(?:\.\d+)?$/

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A text cell. One that a spreadsheet would take for a formula (it begins with = + - @, a tab or a
 * carriage return) gets an apostrophe in front.
 */
export function textCell(text: string | null): string {
  if (text === null) return ''
  return quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
}

/** A cell that is a number or a text: negative numbers stay numbers. */
export function anyCell(text: string): string {
  return plainNumber.test(text) ? text : textCell(text)
}

/** Lines of CSV with their ends; cells are already written. */
export function csvLines(rows: Iterable<readonly string[]>): string {
  let text = ''
  for (const row of rows) text += `${row.join(',')}\r\n`
  return text
}
