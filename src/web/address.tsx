// The address is the state: organisation, parameters, filters and open drawers are read from it.
import {
  Link,
  useNavigate,
  useParams as useRouteParams,
  useRouterState,
} from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { asOfIn, keptAlong } from './as-of.ts'

/** Filters and the like: plain text on both sides, absent means not chosen. */
export type Search = Readonly<Record<string, string>>
export type SearchChange = Readonly<Record<string, string | undefined>>

/** `?a=1&b=x` as plain text; no value is read as JSON, so that an address stays what it looks like. */
export function readSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text.replace(/^\?/, '')))
}

export function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  // Colon, comma and bar may stand in a query and are what people read in ours.
  const text = query.toString().replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%7C/g, '|')
  return text === '' ? '' : `?${text}`
}

export function useParams(): Readonly<Record<string, string | undefined>> {
  return useRouteParams({ strict: false })
}

/** Slug of the organisation in the address; '' on pages outside of any. */
export function useOrg(): string {
  return useParams().org ?? ''
}

export function useSearch(): Search {
  // Our own reader made it: plain text throughout.
  const search: unknown = useRouterState({ select: (state) => state.location.search })
  return search as Search
}

/** Whether figures are told as of an earlier day: nothing is written then. */
export function useLookingBack(): boolean {
  return asOfIn(useSearch()) !== undefined
}

function merged(search: Search, change: SearchChange): Record<string, string> {
  const next: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...search, ...change })) {
    if (value !== undefined && value !== '') next[name] = value
  }
  return next
}

/** Changes parts of the address and leaves the rest; `undefined` takes a part away. */
export function useSetSearch(): (change: SearchChange, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback(
    (change, options = {}) => {
      void navigate({
        to: '.',
        search: (search: Record<string, string>) => merged(search, change),
        replace: options.replace ?? false,
        resetScroll: false,
      } as never)
    },
    [navigate],
  )
}

/** Goes to a screen of the organisation on the screen (path without it); the day as of which goes along. */
export function useGo(): (path: string, search?: SearchChange) => void {
  const navigate = useNavigate()
  const org = useOrg()
  return useCallback(
    (path, search = {}) => {
      void navigate({
        to: `/${org}/${path}`,
        search: (present: Record<string, string>) => merged(keptAlong(present), search),
      } as never)
    },
    [navigate, org],
  )
}

export interface ScreenLinkProps {
  /** Path below the organisation: `deals/0192…`. */
  to: string
  search?: SearchChange
  /** Parts of the present address that go along. */
  keep?: readonly string[]
  className?: string
  children: ReactNode
  /** Slug of another organisation. */
  org?: string
  onClick?: () => void
  'aria-current'?: 'page' | undefined
  'aria-label'?: string
}

/** A link to a screen; opens in a new tab like any link. */
export function ScreenLink(props: ScreenLinkProps) {
  const { to, search = {}, keep = [], org, children, ...others } = props
  const here = useOrg()
  const present = useSearch()
  const along = org === undefined || org === here ? keptAlong(present) : {}
  const kept = Object.fromEntries(keep.map((name) => [name, present[name]]))
  return (
    <Link
      to={`/${org ?? here}/${to}`}
      search={merged(along, { ...kept, ...search }) as never}
      preload="intent"
      {...others}
    >
      {children}
    </Link>
  )
}
