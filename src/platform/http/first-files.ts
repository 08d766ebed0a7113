// Which files a page needs at first: named in it, they all come at once instead of one after another.
import { screenAt } from '../../basics/screen-at.ts'

/** The list the build writes beside the pages. */
export const firstFilesName = 'first-files.json'

export interface FirstFiles {
  /** Scripts and style sheets of every page. */
  entry: readonly string[]
  /** The screen shown at an organisation's root. */
  home: string
  /** What a screen needs besides, by its path below the organisation. */
  screens: readonly { path: string; files: readonly string[] }[]
}

/** The page at an address, which names the files of its screen. */
export function pageAt(index: string, first: FirstFiles, address: string): string {
  const links = filesAt(first, address).map((file) =>
    file.endsWith('.css')
      ? `<link rel="stylesheet" crossorigin href="/${file}">`
      : `<link rel="modulepreload" crossorigin href="/${file}">`,
  )
  // Names come from the list alone: nothing of the address gets into the page.
  return index.replace('</head>', () => `${links.join('')}</head>`)
}

/** Of `/own/deals/0192…` those of the screen at `deals/$id`; of `/own` those of the home. */
function filesAt({ home, screens }: FirstFiles, address: string): readonly string[] {
  const place = address.split('/').slice(2)
  return screenAt(screens, place.length === 0 ? home : place.join('/'))?.files ?? []
}
