// Sellers or people to choose from, found by typing: there may be thousands.
import { useState } from 'react'
import { useOperation } from '../../../web/queries.ts'

export function useNamesToChoose(kind: 'seller' | 'person') {
  const [text, setText] = useState('')
  const asked = { limit: 50, ...(text === '' ? {} : { search: text }) }
  const sellers = useOperation('sellers.list', asked, { enabled: kind === 'seller' })
  const people = useOperation('people.list', asked, { enabled: kind === 'person' })
  const rows: readonly { id: string; name: string }[] =
    (kind === 'seller' ? sellers.data?.rows : people.data?.rows) ?? []
  return { options: rows.map(({ id, name }) => ({ value: id, label: name })), search: setText }
}
