// Navigation: at the left on wide screens, five places at the foot on small ones.
import { useRouterState } from '@tanstack/react-router'
import { ScreenLink, useOrg } from './address.tsx'
import { useFormat, useTexts, useWords } from './language.ts'
import type { OrganisationEntry, OrganisationFacts } from './organisation.ts'
import { navGroups, type Screen } from './screens.ts'
import { openLayer } from './shell-state.ts'
import { shellTexts } from './texts.ts'
import { Angle, Mark, MoreDots } from './ui/icons.tsx'
import { LanguageSwitch } from './ui/language-switch.tsx'
import { useLayer } from './ui/layer.ts'
import { ThemeSwitch } from './ui/theme-switch.tsx'
import './nav.css'

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
  return navGroups.map((group) => {
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

/** Name of the organisation and what kind it is. */
function OrganisationName(props: { facts: OrganisationFacts | undefined }) {
  const { facts } = props
  const t = useTexts(shellTexts)
  const org = useOrg()
  const note = facts?.me.solo ? t('stays_here') : facts?.me.person.name
  return (
    <span className="k-org-words">
      <span className="k-org-name" title={facts?.name}>
        {facts?.name ?? org}
      </span>
      <span className="k-org-note">
        {facts?.kind === 'demo' ? <span className="k-org-demo">{t('demo')}</span> : note}
      </span>
    </span>
  )
}

/** The organisations one may enter, as links: entering another one starts afresh. */
function OrganisationList(props: { organisations: readonly OrganisationEntry[] }) {
  const t = useTexts(shellTexts)
  const org = useOrg()
  return (
    <ul className="k-org-list" aria-label={t('switch_organisation')}>
      {props.organisations.map((one) => (
        <li key={one.slug}>
          <a href={`/${one.slug}`} aria-current={one.slug === org ? 'true' : undefined}>
            {/* One's own has no name before it is set up. */}
            <span>{one.name || t('own_data')}</span>
            {one.kind === 'demo' && <span className="k-org-demo">{t('demo')}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}

function OrganisationSwitch(props: Omit<NavProps, 'screens'>) {
  const { facts, organisations } = props
  const t = useTexts(shellTexts)
  const { open, opens, layer } = useLayer('start', {})
  if (organisations.length < 2) {
    return (
      <div className="k-org">
        <OrganisationName facts={facts} />
      </div>
    )
  }
  return (
    <>
      <button
        type="button"
        className="k-org k-org-button"
        title={t('switch_organisation')}
        {...opens}
      >
        <OrganisationName facts={facts} />
        <Angle up />
      </button>
      <div {...layer} className="k-layer k-nav-layer">
        {open && <OrganisationList organisations={organisations} />}
      </div>
    </>
  )
}

export function SideNav(props: NavProps) {
  const t = useTexts(shellTexts)
  const { open, opens, layer } = useLayer('end', {})
  return (
    <nav className="k-nav" aria-label={t('navigation')}>
      <ScreenLink to="" className="k-nav-mark">
        <Mark /> Kontor
      </ScreenLink>
      <NavGroups {...props} />
      <div className="k-nav-foot">
        <OrganisationSwitch facts={props.facts} organisations={props.organisations} />
        <button
          type="button"
          className="k-nav-settings"
          aria-label={t('settings_here')}
          title={t('settings_here')}
          {...opens}
        >
          <MoreDots />
        </button>
        <div {...layer} className="k-layer k-nav-layer k-nav-choices">
          {open && (
            <>
              <LanguageSwitch />
              <ThemeSwitch />
            </>
          )}
        </div>
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
          {words(screen.nav?.short ?? screen.title)}
        </ScreenLink>
      ))}
      <button type="button" onClick={() => openLayer('more')}>
        {t('more')}
      </button>
    </nav>
  )
}

/** All of the navigation, the organisations, language and appearance: what “More” opens. */
export function WholeNav(props: NavProps) {
  const t = useTexts(shellTexts)
  return (
    <div className="k-whole-nav">
      <button type="button" className="k-nav-search" onClick={() => openLayer('palette')}>
        {t('search_or_do')}
      </button>
      <NavGroups {...props} />
      <OrganisationName facts={props.facts} />
      {props.organisations.length > 1 && <OrganisationList organisations={props.organisations} />}
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  )
}
