// The frame around every screen: navigation, search box, notices, open drawers.
import { lazyRouteComponent, Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { ScreenLink, useGo, useOrg, useSearch, useSetSearch } from './address.tsx'
import { AsOfBand } from './as-of-band.tsx'
import type { Command, Here } from './commands.ts'
import { ConnectionNotice, useKeyAsked } from './connection.tsx'
import { features } from './features.ts'
import { launchKey } from './key.ts'
import { KeysShown } from './keys-shown.tsx'
import { useFormat, useLanguage, useTexts } from './language.ts'
import { BottomBar, type NavProps, SideNav } from './nav.tsx'
import { useOrganisation, useOrganisations } from './organisation.ts'
import type { DrawerProps } from './screens.ts'
import { allCommands, navScreens } from './shell-commands.ts'
import { openLayer, useShellLayer } from './shell-state.ts'
import { useShortcuts } from './shortcuts.ts'
import { shellTexts } from './texts.ts'
import { Mark } from './ui/icons.tsx'
import { Guard, Loading } from './ui/states.tsx'
import './layout.css'

// Layers are loaded when they are first opened: none belongs to the first page.
const KeyPage = lazy(() => import('./key-page.tsx').then((m) => ({ default: m.KeyPage })))
const Palette = lazyRouteComponent(() => import('./palette.tsx'), 'Palette')
const AsOfSheet = lazy(() => import('./as-of-sheet.tsx').then((m) => ({ default: m.AsOfSheet })))
const MoreSheet = lazy(() => import('./more-sheet.tsx').then((m) => ({ default: m.MoreSheet })))
const ShortcutList = lazy(() =>
  import('./shortcut-list.tsx').then((m) => ({ default: m.ShortcutList })),
)

const commands = allCommands()
const screens = features.flatMap((feature) => feature.screens)
const finder = features.find((feature) => feature.finder)?.finder
const drawers: Readonly<Record<string, ComponentType<DrawerProps>>> = Object.fromEntries(
  features
    .flatMap((feature) => Object.entries(feature.drawers ?? {}))
    .map(([name, load]) => [name, lazy(() => load().then((drawer) => ({ default: drawer })))]),
)

function useHere(): Here {
  const org = useOrg()
  const language = useLanguage()
  const search = useSearch()
  const go = useGo()
  const change = useSetSearch()
  return useMemo(() => ({ org, language, search, go, change }), [org, language, search, go, change])
}

/** Frame of an organisation's screens; asks for the key where the server wants one. */
export function Layout() {
  const [asked, again] = useKeyAsked()
  if (!asked) return <Framed />
  return (
    <Suspense fallback={null}>
      <KeyPage wrong={launchKey() !== undefined} onKey={again} />
    </Suspense>
  )
}

function Framed() {
  const facts = useOrganisation().data
  const organisations = useOrganisations()
  if (facts?.kind === 'own' && !facts.setUp) return <FirstStart slug={facts.slug} />
  return (
    <Frame
      nav={{ screens: navScreens(), facts, organisations }}
      ownSlug={organisations.find((one) => one.kind === 'own')?.slug}
    >
      <Guard>
        <Suspense fallback={<Loading shape="page" />}>
          <Outlet />
        </Suspense>
      </Guard>
      <OpenDrawers />
    </Frame>
  )
}

/** Before the questions of the first start are answered the organisation has nothing else to show. */
function FirstStart({ slug }: { slug: string }) {
  const start = `/${slug}/start`
  const goingTo = useRouterState({ select: (state) => state.location.pathname })
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  // The way to another organisation stays open.
  const within = goingTo === `/${slug}` || goingTo.startsWith(`/${slug}/`)
  if (within && goingTo !== start) return <Navigate to={start} replace />
  // Until the screen is there the outlet still holds the page before, which may lead elsewhere.
  if (shown !== start) return <Loading shape="page" />
  return (
    <main className="k-first">
      <p className="k-first-mark">
        <Mark /> Kontor
      </p>
      <Guard>
        <Suspense fallback={<Loading shape="page" />}>
          <Outlet />
        </Suspense>
      </Guard>
    </main>
  )
}

export interface FrameProps {
  nav: NavProps
  /** Slug of the person's own organisation; the demo's banner leads there. */
  ownSlug?: string | undefined
  children: ReactNode
}

/** The frame itself, without asking the server for anything: also stands in the gallery. */
export function Frame(props: FrameProps) {
  const { nav, ownSlug, children } = props
  const t = useTexts(shellTexts)
  const format = useFormat()
  const here = useHere()
  const main = useRef<HTMLElement>(null)
  useShortcuts(commands, here)
  useFocusOnNewPage(main)
  // Fetched once the page stands, so that the first key typed after opening it is not lost.
  useEffect(() => {
    const timer = setTimeout(() => void Palette.preload?.(), 1_000)
    return () => clearTimeout(timer)
  }, [])
  const today = new Date().toISOString().slice(0, 10)
  return (
    <div className="k-frame">
      <a className="k-skip" href="#main">
        {t('skip')}
      </a>
      <SideNav {...nav} />
      <div className="k-side-of-nav">
        <ConnectionNotice />
        {nav.facts?.kind === 'demo' && (
          <aside className="k-demo" aria-label={t('demo')}>
            <b>
              {t('demo')} · {nav.facts.name}
            </b>
            <span className="k-demo-more">{t('demo_banner')}</span>
            {ownSlug !== undefined && (
              <ScreenLink to="" org={ownSlug}>
                {t('to_own')}
              </ScreenLink>
            )}
          </aside>
        )}
        <AsOfBand screens={screens} />
        <main className="k-main" id="main" ref={main} tabIndex={-1}>
          <button
            type="button"
            className="k-search k-no-print"
            onClick={() => openLayer('palette')}
          >
            <span>{t('search_or_do')}</span>
            <KeysShown keys="mod+k" />
          </button>
          <p className="k-print-head">
            <b>{nav.facts?.name || here.org}</b>
            <span>{t('printed', { date: format.date(today) })}</span>
          </p>
          {children}
        </main>
      </div>
      <BottomBar {...nav} />
      <Layers nav={nav} commands={commands} here={here} />
    </div>
  )
}

function Layers(props: { nav: NavProps; commands: readonly Command[]; here: Here }) {
  const layer = useShellLayer()
  const close = () => openLayer(undefined)
  return (
    <Suspense fallback={null}>
      {layer === 'palette' && (
        <Palette open close={close} commands={props.commands} finder={finder} here={props.here} />
      )}
      {layer === 'shortcuts' && (
        <ShortcutList open close={close} commands={props.commands} here={props.here} />
      )}
      {layer === 'as-of' && <AsOfSheet close={close} />}
      {layer === 'more' && <MoreSheet {...props.nav} close={close} />}
    </Suspense>
  )
}

/** Drawers whose name stands in the address; the value is theirs to read. */
function OpenDrawers() {
  const search = useSearch()
  const setSearch = useSetSearch()
  return Object.entries(drawers).map(([name, Sheet]) => {
    const value = search[name]
    if (value === undefined) return null
    return (
      <Guard key={name}>
        <Suspense fallback={null}>
          <Sheet value={value} close={() => setSearch({ [name]: undefined })} />
        </Suspense>
      </Guard>
    )
  })
}

/** After going to another page the focus stands at its beginning, as after loading one. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const first = useRef(path)
  useEffect(() => {
    if (path === undefined || first.current === undefined || path === first.current) {
      first.current ??= path
      return
    }
    first.current = path
    // A page may say where its work begins; otherwise at its heading.
    const wanted = main.current?.querySelector<HTMLElement>('[data-first-focus]')
    const heading = main.current?.querySelector<HTMLElement>('h1')
    ;(wanted ?? heading ?? main.current)?.focus({ preventScroll: true })
  }, [path, main])
}
