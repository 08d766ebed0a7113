// Names of the records whose ids stand in the address as filters.
import { useQuery } from '@tanstack/react-query'
import { useOrg } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'
import type { DimensionId } from '../contract.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

async function nameOf(dimension: DimensionId, id: string, org: string): Promise<string> {
  if (!uuid.test(id)) return id
  switch (dimension) {
    case 'seller':
      return (await call('sellers.get', { id }, { org })).name
    case 'team':
    case 'office':
      return (await call('teams.get', { id }, { org })).name
    case 'customer':
      return (await call('customers.get', { id }, { org })).name
    case 'product':
      return (await call('products.get', { id }, { org })).name
    default: {
      const { rows } = await call('results.cells', { dimension, limit: 200 }, { org })
      const found = rows.find((cell) => cell !== null && typeof cell === 'object' && cell.id === id)
      return found !== null && typeof found === 'object' ? found.name : id
    }
  }
}

/** Names of the cells, in order; undefined until they are known. */
export function useCellNames(
  dimension: DimensionId,
  cells: readonly string[],
): readonly string[] | undefined {
  const org = useOrg()
  return useQuery({
    queryKey: [org, 'cell-names', dimension, cells],
    queryFn: () => Promise.all(cells.map((cell) => nameOf(dimension, cell, org).catch(() => cell))),
    enabled: cells.length > 0,
    staleTime: 60_000,
  }).data
}
