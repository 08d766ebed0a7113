// Lists that come page by page and grow at the foot.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useOrg } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'
import { asProblem } from '../../../web/problem.ts'
import type { Asked } from '../../../web/queries.ts'
import type { MoreRows } from '../../../web/ui/data-table.tsx'
import type { RowsInput } from './export-rows.tsx'
import type { Fact } from './fact-columns.tsx'

export interface FactPages {
  rows: Fact[]
  total: number
  more: MoreRows
}

const pageRows = 100

/** The facts behind a figure, with the way to fetch the next hundred. */
export function useFacts(input: RowsInput, enabled: boolean): Asked<FactPages> {
  const org = useOrg()
  const query = useInfiniteQuery({
    queryKey: [org, 'results.rows', 'pages', input],
    queryFn: ({ pageParam, signal }) =>
      call(
        'results.rows',
        { ...input, limit: pageRows, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        { org, signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
  })
  const pages = query.data?.pages
  const rows = pages?.flatMap((page) => page.rows)
  const total = pages?.[0]?.total ?? 0
  return {
    data:
      rows === undefined
        ? undefined
        : {
            rows,
            total,
            more: {
              shown: rows.length,
              total,
              busy: query.isFetchingNextPage,
              next: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
            },
          },
    problem: query.error === null ? undefined : asProblem(query.error),
    isLoading: query.isLoading,
    isStale: query.isPlaceholderData,
    retry: () => void query.refetch(),
  }
}
