// Addresses: every screen of every feature below its organisation, each loaded when it is opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router'
import { readSearch, ScreenLink, useOrg, writeSearch } from './address.tsx'
import { features } from './features.ts'
import { useTexts } from './language.ts'
import { Layout } from './layout.tsx'
import { useOrganisations } from './organisation.ts'
import { navScreens } from './shell-commands.ts'
import { shellTexts } from './texts.ts'
import { Page } from './ui/page.tsx'
import { Loading } from './ui/states.tsx'

const home = features.find((feature) => feature.home !== undefined)?.home ?? navScreens()[0]?.path

function NotFound() {
  const t = useTexts(shellTexts)
  const org = useOrg()
  return (
    <Page finding={t('not_found')} note={t('not_found_more')}>
      <p>
        {org === '' ? (
          <a href="/">{t('to_start')}</a>
        ) : (
          <ScreenLink to="">{t('to_start')}</ScreenLink>
        )}
      </p>
    </Page>
  )
}

/** `/own` leads on to the home screen. */
function Home() {
  const t = useTexts(shellTexts)
  const org = useOrg()
  if (home === undefined) return <Page finding={t('no_screens')} />
  return <Navigate to={`/${org}/${home}`} replace />
}

/** `/` leads to the own organisation. */
function Start() {
  const organisations = useOrganisations()
  const first = organisations.find((one) => one.kind === 'own') ?? organisations[0]
  if (!first) return <Loading shape="page" />
  return <Navigate to={`/${first.slug}`} replace />
}

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'start',
  component: Layout,
})

const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/_gallery',
  component: lazyRouteComponent(() => import('./gallery/gallery.tsx'), 'Gallery'),
})

const organisationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$org',
  component: Layout,
  notFoundComponent: NotFound,
})

const screenRoutes = features
  .flatMap((feature) => feature.screens)
  .map((screen) =>
    createRoute({
      getParentRoute: () => organisationRoute,
      path: screen.path,
      component: lazyRouteComponent(() => screen.load().then((Screen) => ({ Screen })), 'Screen'),
    }),
  )

const routeTree = rootRoute.addChildren([
  startRoute.addChildren([
    createRoute({ getParentRoute: () => startRoute, path: '/', component: Start }),
  ]),
  galleryRoute,
  organisationRoute.addChildren([
    createRoute({ getParentRoute: () => organisationRoute, path: '/', component: Home }),
    ...screenRoutes,
  ]),
])

/** The router of the page; addresses hold plain text, never JSON. */
export function makeRouter() {
  return createRouter({
    routeTree,
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreloadDelay: 80,
    defaultPendingComponent: () => <Loading shape="page" />,
    defaultPendingMs: 200,
  })
}
