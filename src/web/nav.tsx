// Navigation: at the left on wide screens, five places at the foot on small ones.
import { useRouterState } from '@tanstack/react-router'
import { Menu } from '@mantine/core'
import { ScreenLink, useOrg } from './address.tsx'
import { useFormat, useTexts, useWords } from './language.ts'
import type { OrganisationEntry, OrganisationFacts } from './organisation.ts'
import type { NavGroup, Screen } from './screens.ts'
import { openLayer } from './shell-state.ts'
import { shellTexts } from './texts.ts'
import { Angle, Mark, MoreDots } from './ui/icons.tsx'
import { LanguageSwitch } from './ui/language-switch.tsx'
import { ThemeSwitch } from './ui/theme-switch.tsx'
import './nav.css'

const groups: readonly NavGroup[] = ['results', 'customers', 'data']

export interface NavProps {
  screens: readonly Screen[]
  facts: OrganisationFacts | undefined
  organisations: readonly OrganisationEntry[]
}

/** Path below the organisation, without parameters of its own: `deals`. */
function usePlace(): string {
  return useRouterState({
    select: (state) => state.location.pathname.split('/').slice(2).join('/'),
  })
}

function isHere(place: string, path: string): boolean {
  return place === path || place.startsWith(`${path}/`)
}

function NavLink(props: { screen: Screen; facts: OrganisationFacts | undefined; place: string }) {
  const { screen, facts, place } = props
  const words = useWords()
  const format = useFormat()
  const here = isHere(place, screen.path)
  const count = screen.nav?.count === undefined ? undefined : facts?.counts[screen.nav.count]
  return (
    <ScreenLink to={screen.path} className="k-nav-link" aria-current={here ? 'page' : undefined}>
      <span>{words(screen.title)}</span>
      {count !== undefined && (
        <span className="k-nav-count" data-waits={(screen.nav?.waits && count > 0) || undefined}>
          {format.count(count)}
        </span>
      )}
    </ScreenLink>
  )
}

function NavGroups(props: NavProps) {
  const t = useTexts(shellTexts)
  const place = usePlace()
  return groups.map((group) => {
    const screens = props.screens.filter((screen) => screen.nav?.group === group)
    if (screens.length === 0) return null
    return (
      <div className="k-nav-group" key={group}>
        {group !== 'results' && screens.length > 1 && (
          <p className="k-nav-title">{t(`group_${group}`)}</p>
        )}
        {screens.map((screen) => (
          <NavLink key={screen.path} screen={screen} facts={props.facts} place={place} />
        ))}
      </div>
    )
  })
}

/** Name of the organisation, what kind it is, and the way to the others. */
export function OrganisationSwitch(props: Omit<NavProps, 'screens'>) {
  const { facts, organisations } = props
  const t = useTexts(shellTexts)
  const org = useOrg()
  const name = facts?.name ?? org
  const line = (
    <span className="k-org-words">
      <span className="k-org-name">
        {name}
        {facts?.kind === 'demo' && <span className="k-org-demo">{t('demo')}</span>}
      </span>
      <span className="k-org-note">{facts?.me.solo ? t('stays_here') : facts?.me.person.name}</span>
    </span>
  )
  if (organisations.length < 2) return <div className="k-org">{line}</div>
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className="k-org k-org-button" title={t('switch_organisation')}>
          {line}
          <Angle up />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('switch_organisation')}>
        {organisations.map((one) => (
          <Menu.Item
            key={one.slug}
            component="a"
            href={`/${one.slug}`}
            aria-current={one.slug === org ? 'true' : undefined}
            rightSection={one.kind === 'demo' ? t('demo') : undefined}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function SideNav(props: NavProps) {
  const t = useTexts(shellTexts)
  return (
    <nav className="k-nav" aria-label={t('navigation')}>
      <ScreenLink to="" className="k-nav-mark">
        <Mark /> Kontor
      </ScreenLink>
      <NavGroups {...props} />
      <div className="k-nav-foot">
        <OrganisationSwitch facts={props.facts} organisations={props.organisations} />
        <Menu position="top-start" width={250} closeOnItemClick={false} trapFocus>
          <Menu.Target>
            <button
              type="button"
              className="k-nav-settings"
              aria-label={t('settings_here')}
              title={t('settings_here')}
            >
              <MoreDots />
            </button>
          </Menu.Target>
          <Menu.Dropdown className="k-nav-choices" role="group" aria-label={t('settings_here')}>
            <LanguageSwitch />
            <ThemeSwitch />
          </Menu.Dropdown>
        </Menu>
      </div>
    </nav>
  )
}

/** Four places and “More”, at the foot of small screens. */
export function BottomBar(props: NavProps) {
  const t = useTexts(shellTexts)
  const words = useWords()
  const place = usePlace()
  const screens = props.screens.filter((screen) => screen.nav?.bar).slice(0, 4)
  return (
    <nav className="k-bar" aria-label={t('navigation')}>
      {screens.map((screen) => (
        <ScreenLink
          key={screen.path}
          to={screen.path}
          aria-current={isHere(place, screen.path) ? 'page' : undefined}
        >
          {words(screen.title)}
        </ScreenLink>
      ))}
      <button type="button" onClick={() => openLayer('more')}>
        {t('more')}
      </button>
    </nav>
  )
}

/** What “More” opens: all of the navigation, the organisation, language and appearance. */
export function MoreSheet(props: NavProps & { close: () => void }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a link inside was followed; the sheet goes.
    // biome-ignore lint/a11y/useKeyWithClickEvents: links answer keys with a click of their own.
    <div
      className="k-more-sheet"
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) props.close()
      }}
    >
      <NavGroups {...props} />
      <OrganisationSwitch facts={props.facts} organisations={props.organisations} />
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  )
}
