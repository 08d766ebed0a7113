// Lists that come page by page: rows so far, and the way to the next ones.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useOrg } from './address.tsx'
import { type Asking, stillShown } from './answer-before.ts'
import { type Answer, call, type Given, type OperationName } from './client.ts'
import { asProblem } from './problem.ts'
import type { Asked } from './queries.ts'
import type { MoreRows } from './ui/data-table.tsx'

interface PageAnswer {
  rows: readonly unknown[]
  next?: string | undefined
  total?: number | undefined
}

/** Operations whose answer is a page. */
export type PagedName = {
  [Name in OperationName]: Answer<Name> extends PageAnswer ? Name : never
}[OperationName]

export interface Pages<Name extends PagedName> {
  /** What was asked for, so that an export asks the same. */
  input: Omit<Given<Name>, 'cursor'>
  rows: Answer<Name>['rows'][number][]
  /** Number of all rows, where the operation counts them. */
  total: number | undefined
  more: MoreRows
  query: Asked<true>
}

/** Rows of a listing operation; the next page is fetched on demand and added. */
export function usePages<Name extends PagedName>(
  name: Name,
  input: Omit<Given<Name>, 'cursor'>,
  options: { enabled?: boolean } = {},
): Pages<Name> {
  const org = useOrg()
  const key: Asking = [org, name, input, 'pages']
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      call(
        name,
        { ...input, ...(pageParam === undefined ? {} : { cursor: pageParam }) } as Given<Name>,
        { org, signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last as PageAnswer).next,
    placeholderData: stillShown(key),
    enabled: options.enabled ?? true,
  })
  const answers = (query.data?.pages ?? []) as readonly PageAnswer[]
  const rows = answers.flatMap((page) => page.rows) as Answer<Name>['rows'][number][]
  const total = answers[0]?.total
  return {
    input,
    rows,
    total,
    more: {
      shown: rows.length,
      ...(total === undefined ? {} : { total }),
      ...(query.hasNextPage ? { next: () => void query.fetchNextPage() } : {}),
      busy: query.isFetchingNextPage,
    },
    query: {
      data: query.data ? true : undefined,
      problem: query.error === null ? undefined : asProblem(query.error),
      isLoading: query.isLoading,
      isStale: query.isPlaceholderData,
      retry: () => void query.refetch(),
    },
  }
}
