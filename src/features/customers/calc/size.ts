// The size band of a customer, from the number of employees.

/** Bands by their lowest number of employees, ascending. The label is the value that figures are grouped by. */
export const sizeBands = [
  { from: 0, label: '0–9' },
  { from: 10, label: '10–49' },
  { from: 50, label: '50–249' },
  { from: 250, label: '250–999' },
  { from: 1_000, label: '1,000–4,999' },
  { from: 5_000, label: '5,000+' },
] as const

/** Band of a number of employees (0 or more); null when the number is not known. */
export function sizeOf(employees: number | null): string | null {
  if (employees === null) return null
  return sizeBands.findLast((band) => employees >= band.from)?.label ?? null
}
