// What the palette can do with imports.
import type { Command } from '../../web/commands.ts'

export const importsCommands: readonly Command[] = [
  {
    id: 'imports.new',
    label: { en: 'Import a file', de: 'Datei importieren' },
    group: 'do',
    keys: 'i',
    run: (here) => here.go('imports', { choose: '1' }),
  },
]
