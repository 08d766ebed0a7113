// `kontor changes`: why a figure changed between two periods, in the words of the page “Why it changed”.
import type { GivenInputOf, OutputOf } from '../basics/contract.ts'
import type { Figure } from '../basics/figure.ts'
import type { DimensionId } from '../features/results/contract.ts'
import type { exploreContract } from '../features/results/contract-explore.ts'
import { changesTexts } from '../features/results/texts-changes.ts'
import { connect } from './connect.ts'
import { answer, cellText, exit, figureText, note, table } from './output.ts'
import { periodOf, type ResultsOptions } from './results.ts'

export interface ChangesOptions extends ResultsOptions {
  metric: string
  by: string
  against: string
}

type Operation = (typeof exploreContract)['results.changes']
type Changes = OutputOf<Operation>
type Shown = Changes['now'] | undefined

const parts = ['byVolume', 'byRate', 'byMix', 'byReturns'] as const

export async function showChanges(options: ChangesOptions): Promise<number> {
  const connection = await connect(options)
  try {
    // What is no metric or no dimension is refused with the list of those there are.
    const found = await connection.call('results.changes', {
      metric: options.metric as GivenInputOf<Operation>['metric'],
      by: options.by as DimensionId,
      against: options.against,
      ...periodOf(options),
      lang: options.lang,
    })
    if (options.json) answer(found)
    else tell(found, options.lang)
    return exit.done
  } finally {
    await connection.close()
  }
}

/** Finding and parts, the places worth looking at, the cells that add up, and whether it is normal. */
function tell(found: Changes, lang: ChangesOptions['lang']): void {
  const words = changesTexts[lang]
  note(`${found.against.id} → ${found.period.id}, ${found.currency}`)
  answer(found.finding)
  if (found.note !== '') answer(found.note)
  answer('')
  if (found.whole === undefined) {
    for (const { missing } of [found.before, found.now]) if (missing) answer(missing.text)
  } else {
    answer(`${words.places}:`)
    if (found.places === null || found.places.length === 0)
      answer(found.places === null ? words.places_unknown : words.places_none)
    for (const { text } of found.places ?? []) answer(`- ${text}`)
    answer('')
    answer(cellsTable(found, found.whole, words))
    answer('')
  }
  answer(found.ordinary.text)
}

function cellsTable(
  { cells, rest, before, now }: Changes,
  whole: NonNullable<Changes['whole']>,
  words: (typeof changesTexts)['en'] | (typeof changesTexts)['de'],
): string {
  const shown = parts.filter((part) => whole[part] !== undefined)
  const row = (
    name: string,
    sides: readonly Shown[],
    of: Partial<Record<(typeof parts)[number] | 'total', Shown>>,
  ) => [name, ...sides.map(plain), signed(of.total), ...shown.map((part) => signed(of[part]))]
  return table(
    ['', words.before, words.now, words.change, ...shown.map((part) => words[part])],
    [
      ...cells.map((cell) => row(cellText(cell.cell), [cell.before, cell.now], cell)),
      ...(rest
        ? [
            row(
              (rest.count === 1 ? words.rest_one : words.rest_other).replace(
                '{{count}}',
                String(rest.count),
              ),
              [undefined, undefined],
              { total: rest.total },
            ),
          ]
        : []),
      row(words.whole, [before, now], whole),
    ],
  )
}

/** Without its interval, which is as wide as the column beside it. */
function plain(figure: Shown): string {
  if (figure === undefined) return ''
  const { low: _low, high: _high, ...rest } = figure
  return figureText(rest as Figure)
}

function signed(figure: Shown): string {
  if (figure?.value === undefined) return ''
  return figure.value > 0 ? `+${plain(figure)}` : plain(figure)
}
