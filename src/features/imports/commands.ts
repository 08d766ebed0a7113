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
  {
    id: 'imports.paste',
    label: { en: 'Paste rows from a spreadsheet', de: 'Zeilen aus einer Tabelle einfügen' },
    group: 'do',
    run: (here) => here.go('imports', { paste: '1' }),
  },
  {
    id: 'imports.samples',
    label: { en: 'Sample files for importing', de: 'Beispieldateien zum Importieren' },
    group: 'go',
    run: (here) => here.go('imports/kinds'),
  },
]
