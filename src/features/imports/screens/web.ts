// What imports hand to the shell: the list, one import, several files at once.
import type { FeatureWeb } from '../../../web/screens.ts'
import { importsCommands } from '../commands.ts'

export const importsWeb: FeatureWeb = {
  screens: [
    {
      path: 'imports',
      title: { en: 'Imports', de: 'Importe' },
      load: () => import('./imports-screen.tsx').then((m) => m.ImportsScreen),
      nav: { group: 'data', order: 20, keys: 'g i' },
    },
    {
      path: 'imports/queue',
      title: { en: 'Several files', de: 'Mehrere Dateien' },
      load: () => import('./queue-screen.tsx').then((m) => m.QueueScreen),
    },
    {
      path: 'imports/kinds',
      title: { en: 'What can be imported', de: 'Was sich importieren lässt' },
      load: () => import('./kinds-screen.tsx').then((m) => m.KindsScreen),
    },
    {
      path: 'imports/kept',
      title: { en: 'Kept for the next file', de: 'Für die nächste Datei gemerkt' },
      load: () => import('./kept-screen.tsx').then((m) => m.KeptScreen),
    },
    {
      path: 'imports/$id',
      title: { en: 'Import', de: 'Import' },
      load: () => import('./import-screen.tsx').then((m) => m.ImportScreen),
    },
    {
      path: 'imports/$id/quarantine',
      title: { en: 'Rows set aside', de: 'Zurückgestellte Zeilen' },
      load: () => import('./quarantine-screen.tsx').then((m) => m.QuarantineScreen),
    },
  ],
  commands: importsCommands,
}
