// All commands there are: those of the shell, one per navigation entry, and the features' own.

import { asOfIn, asOfName } from './as-of.ts'
import type { Command } from './commands.ts'
import { features } from './features.ts'
import { setLanguage } from './language.ts'
import { type FeatureWeb, navGroups, type Screen } from './screens.ts'
import { openLayer } from './shell-state.ts'

const own: readonly Command[] = [
  {
    id: 'shell.palette',
    label: { en: 'Commands and search', de: 'Befehle und Suche' },
    keys: 'mod+k',
    group: 'view',
    run: () => openLayer('palette'),
  },
  {
    id: 'shell.search',
    label: { en: 'Search', de: 'Suchen' },
    keys: '/',
    group: 'view',
    run: () => openLayer('palette'),
  },
  {
    id: 'shell.shortcuts',
    label: { en: 'Show keyboard shortcuts', de: 'Tastenkürzel zeigen' },
    keys: '?',
    group: 'view',
    run: () => openLayer('shortcuts'),
  },
  {
    id: 'shell.as-of',
    label: { en: 'Show figures as known on a day', de: 'Zahlen nach dem Stand eines Tages zeigen' },
    keys: 'g z',
    group: 'view',
    run: () => openLayer('as-of'),
  },
  {
    id: 'shell.today',
    label: { en: 'Back to what is known today', de: 'Zurück zum heutigen Stand' },
    keys: 'g 0',
    group: 'view',
    when: (here) => asOfIn(here.search) !== undefined,
    run: (here) => here.change({ [asOfName]: undefined }),
  },
  {
    id: 'shell.german',
    label: { en: 'Auf Deutsch anzeigen', de: 'Auf Deutsch anzeigen' },
    group: 'view',
    when: (here) => here.language !== 'de',
    run: () => setLanguage('de'),
  },
  {
    id: 'shell.english',
    label: { en: 'Show in English', de: 'Show in English' },
    group: 'view',
    when: (here) => here.language !== 'en',
    run: () => setLanguage('en'),
  },
  {
    id: 'shell.print',
    label: { en: 'Print this page', de: 'Diese Seite drucken' },
    group: 'do',
    run: () => window.print(),
  },
]

function place(screen: Screen): number {
  const { group, order } = screen.nav ?? { group: 'data', order: 0 }
  return navGroups.indexOf(group) * 1_000 + order
}

/** Screens with a place in the navigation, in their order. */
export function navScreens(of: readonly FeatureWeb[] = features): readonly Screen[] {
  return of
    .flatMap((feature) => feature.screens)
    .filter((screen) => screen.nav)
    .sort((a, b) => place(a) - place(b))
}

function goCommand(screen: Screen): Command {
  return {
    id: `go.${screen.path}`,
    label: screen.title,
    group: 'go',
    ...(screen.nav?.keys === undefined ? {} : { keys: screen.nav.keys }),
    run: (here) => here.go(screen.path),
  }
}

/** Every command, in the order in which the palette offers them. */
export function allCommands(of: readonly FeatureWeb[] = features): readonly Command[] {
  return [
    ...navScreens(of).map(goCommand),
    ...of.flatMap((feature) => feature.commands ?? []),
    ...own,
  ]
}
