// How a file that the server sends is called.

/** The name that the server gives a file, from `filename*=UTF-8''…` (RFC 8187) or `filename="…"`. */
export function fileNameOf(disposition: string | null): string | undefined {
  const coded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1]
  if (coded === undefined) return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1]
  try {
    return decodeURIComponent(coded)
  } catch {
    return undefined
  }
}
