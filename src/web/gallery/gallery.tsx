// Every part in all its states, in both themes and languages, without a server.
export function Gallery() {
  return <p>…</p>
}
