// How screens ask and change: react-query with our calls, our problems and our organisation.
import { hashKey, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useOrg } from './address.tsx'
import { type Asking, stillShown } from './answer-before.ts'
import { type Answer, call, type Given, newKey, type OperationName } from './client.ts'
import { asProblem, type Problem } from './problem.ts'

/** Repeats what may work a moment later; what the person must change is not repeated. */
function worthRepeating(failures: number, thrown: unknown): boolean {
  const problem = asProblem(thrown)
  return failures < 2 && (problem.status === 0 || problem.status === 503)
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: worthRepeating,
        staleTime: 5_000,
        // The server is on this machine or this network; "offline" of the browser says nothing.
        networkMode: 'always',
        refetchOnWindowFocus: true,
      },
      mutations: { retry: worthRepeating, networkMode: 'always' },
    },
  })
}

export interface Asked<T> {
  data: T | undefined
  problem: Problem | undefined
  /** First answer on its way. */
  isLoading: boolean
  /** What is shown belongs to the question before; the new answer is on its way. */
  isStale: boolean
  retry: () => void
}

export interface AskOptions {
  enabled?: boolean
  /** Asks again after so many milliseconds. */
  every?: number | undefined
  /** Another organisation than the one in the address. */
  org?: string
}

/** The answer of a reading operation, kept up to date. */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: Given<Name>,
  options: AskOptions = {},
): Asked<Answer<Name>> {
  const here = useOrg()
  const org = options.org ?? here
  const key: Asking = [org, name, input]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(name, input, { org, signal }),
    placeholderData: stillShown(key),
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  })
  return {
    data: query.data,
    problem: query.error === null ? undefined : asProblem(query.error),
    isLoading: query.isLoading,
    isStale: query.isPlaceholderData,
    retry: () => void query.refetch(),
  }
}

export interface Change<Name extends OperationName> {
  /** Does it; throws {@link Problem}. A repeat after a lost answer has the same effect once. */
  run: (input: Given<Name>, options?: { version?: number | string }) => Promise<Answer<Name>>
  busy: boolean
  problem: Problem | undefined
  /** Forgets the last problem. */
  reset: () => void
}

/** What an answer holds of another operation's, which is therefore not asked for again. */
export interface Held<Name extends OperationName> {
  name: Name
  input: Given<Name>
  answer: Answer<Name>
}

/** A writing operation; when it has succeeded, everything shown of the organisation is asked anew. */
export function useChange<Name extends OperationName, Shown extends OperationName = never>(
  name: Name,
  options: { org?: string; holds?: (answer: Answer<Name>, given: Given<Name>) => Held<Shown> } = {},
): Change<Name> {
  const here = useOrg()
  const org = options.org ?? here
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: (given: { input: Given<Name>; key: string; version?: number | string }) =>
      call(name, given.input, {
        org,
        idempotencyKey: given.key,
        ...(given.version === undefined ? {} : { version: given.version }),
      }),
    onSuccess: (answer, { input }) => {
      const held = options.holds?.(answer, input)
      const known = held && hashKey([org, held.name, held.input])
      if (held) client.setQueryData([org, held.name, held.input], held.answer)
      return client.invalidateQueries({
        queryKey: [org],
        predicate: ({ queryHash }) => queryHash !== known,
      })
    },
  })
  return {
    run: (input, given) => mutation.mutateAsync({ input, key: newKey(), ...given }),
    busy: mutation.isPending,
    problem: mutation.error === null ? undefined : asProblem(mutation.error),
    reset: mutation.reset,
  }
}
