// Whether a time zone is one that days can be reckoned by.

/**
 * Whether the text names an IANA time zone. Offsets such as `+02:00` are not taken: PostgreSQL reads
 * their sign the other way round, and they know no summer time.
 */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
