// The counted pieces that metrics are made of: plain descriptions, which the compiler turns into SQL.

/**
 * Where facts are read from. `sale`: sales and returns by their day. `first`: purchases on the day on
 * which their customer bought for the first time. `anonymous`: sales, not returns, to nobody known.
 * `buyer`: sales one step higher, per customer. `closed`: deals by the day they were closed. `cycle`: won deals by the days
 * they took. `open`: deals that were open at the end of the period. `answer` and `case`: answers of
 * surveys and cases by their day. `activity`: what was done, by the day it was done. `opened`: deals by the
 * day they were opened. `stay`: the time a deal spent in an open stage, by the day it left it.
 */
export type FactSet =
  | 'sale'
  | 'first'
  | 'anonymous'
  | 'buyer'
  | 'closed'
  | 'cycle'
  | 'open'
  | 'answer'
  | 'case'
  | 'activity'
  | 'opened'
  | 'stay'

/** The sets that are read from sales. */
export const saleSets: readonly FactSet[] = ['sale', 'first', 'anonymous', 'buyer']

/** Which facts of a set a piece counts; each has one meaning, written as SQL in one place. */
export type Condition =
  | 'any'
  /** Has an amount in the base currency. */
  | 'rated'
  /** Has an amount, but no rate to the base currency. */
  | 'unrated'
  /** Has an amount in the base currency and a cost. */
  | 'costed'
  | 'return'
  /** A sale, not a return, with an amount in the base currency. */
  | 'sold'
  /** A sale whose list price is known. */
  | 'listed'
  /** A sale to a known customer (a return is no purchase). */
  | 'purchase'
  | 'anonymous'
  /** A purchase with an amount in the base currency. */
  | 'valued'
  /** As `valued`, and the customer had bought on an earlier day. */
  | 'repeat'
  /** The first purchase of its customer ever. */
  | 'first'
  /** A first purchase since when a year has been on record; the customer came back within it. */
  | 'first-watched'
  | 'first-back'
  /** A first purchase of which the year after is not over. */
  | 'first-unwatched'
  | 'won'
  | 'lost'
  | 'won-rated'
  | 'won-unrated'
  | 'won-dated'
  | 'won-undated'
  | 'without-amount'
  /** Has an amount in the base currency, and deals enough were closed to say what chance its stage has. */
  | 'chanced'
  /** Nobody noted when the deal was opened. */
  | 'undated'
  /** Open at the end of the period, closed since. */
  | 'closed-since'
  /** A sale that counts once, with its owner, from the day of the first complaint on record. */
  | 'watched'
  /** The same before that day: nobody recorded complaints yet. */
  | 'unwatched'
  /** An answer about satisfaction; in the upper quarter of its scale; on another scale than 1 to 5. */
  | 'satisfaction'
  | 'satisfied'
  | 'other-scale'
  /** An answer about recommendation; 9 or 10; 6 or less. */
  | 'nps'
  | 'promoter'
  | 'detractor'
  | 'complaint'
  /** An activity with a customer; a task is none. */
  | 'contact'
  | 'task'

export type Piece = CountedPiece | RestPiece

/** What is left of one piece without others, which are few facts: `sold` without what nobody known bought. */
export interface RestPiece {
  whole: CountedId
  less: readonly CountedId[]
}

export interface CountedPiece {
  from: FactSet
  take: 'count' | 'sum' | 'deviations' | 'squares' | 'days'
  /**
   * `part`: where on its scale a score lies, from 0 to 1. `list`: the list price. `weighted`: the amount of
   * an open deal times the chance its stage has had so far, rounded deal by deal, so that parts add up.
   */
  of?: 'base' | 'cost' | 'quantity' | 'list' | 'weighted' | 'part'
  when: Condition
}

const countedPieces = {
  rows: { from: 'sale', take: 'count', when: 'any' },
  unrated: { from: 'sale', take: 'count', when: 'unrated' },
  sold: { from: 'sale', take: 'count', when: 'sold' },
  returns: { from: 'sale', take: 'count', when: 'return' },
  base: { from: 'sale', take: 'sum', of: 'base', when: 'any' },
  soldBase: { from: 'sale', take: 'sum', of: 'base', when: 'sold' },
  returnBase: { from: 'sale', take: 'sum', of: 'base', when: 'return' },
  squares: { from: 'sale', take: 'squares', of: 'base', when: 'rated' },
  listed: { from: 'sale', take: 'count', when: 'listed' },
  listedBase: { from: 'sale', take: 'sum', of: 'base', when: 'listed' },
  list: { from: 'sale', take: 'sum', of: 'list', when: 'listed' },
  costed: { from: 'sale', take: 'count', when: 'costed' },
  costBase: { from: 'sale', take: 'sum', of: 'base', when: 'costed' },
  cost: { from: 'sale', take: 'sum', of: 'cost', when: 'costed' },
  quantity: { from: 'sale', take: 'sum', of: 'quantity', when: 'any' },
  firsts: { from: 'first', take: 'count', when: 'first' },
  firstsWatched: { from: 'first', take: 'count', when: 'first-watched' },
  firstsBack: { from: 'first', take: 'count', when: 'first-back' },
  firstsUnwatched: { from: 'first', take: 'count', when: 'first-unwatched' },
  firstBase: { from: 'first', take: 'sum', of: 'base', when: 'rated' },
  anonymous: { from: 'anonymous', take: 'count', when: 'any' },
  anonymousSold: { from: 'anonymous', take: 'count', when: 'rated' },
  anonymousBase: { from: 'anonymous', take: 'sum', of: 'base', when: 'rated' },
  buyers: { from: 'buyer', take: 'count', when: 'purchase' },
  rebuyers: { from: 'buyer', take: 'count', when: 'repeat' },
  buyerAnonymous: { from: 'buyer', take: 'count', when: 'anonymous' },
  won: { from: 'closed', take: 'count', when: 'won' },
  lost: { from: 'closed', take: 'count', when: 'lost' },
  wonRated: { from: 'closed', take: 'count', when: 'won-rated' },
  wonUnrated: { from: 'closed', take: 'count', when: 'won-unrated' },
  wonBase: { from: 'closed', take: 'sum', of: 'base', when: 'won-rated' },
  wonDeviations: { from: 'closed', take: 'deviations', of: 'base', when: 'won-rated' },
  wonUndated: { from: 'closed', take: 'count', when: 'won-undated' },
  cycle: { from: 'cycle', take: 'days', when: 'won-dated' },
  open: { from: 'open', take: 'count', when: 'any' },
  openRated: { from: 'open', take: 'count', when: 'rated' },
  openUnrated: { from: 'open', take: 'count', when: 'unrated' },
  openBase: { from: 'open', take: 'sum', of: 'base', when: 'rated' },
  openWeighted: { from: 'open', take: 'sum', of: 'weighted', when: 'chanced' },
  openChanced: { from: 'open', take: 'count', when: 'chanced' },
  openWithoutAmount: { from: 'open', take: 'count', when: 'without-amount' },
  openUndated: { from: 'open', take: 'count', when: 'undated' },
  openClosedSince: { from: 'open', take: 'count', when: 'closed-since' },
  watched: { from: 'sale', take: 'count', when: 'watched' },
  unwatched: { from: 'sale', take: 'count', when: 'unwatched' },
  answers: { from: 'answer', take: 'count', when: 'satisfaction' },
  satisfied: { from: 'answer', take: 'count', when: 'satisfied' },
  otherScale: { from: 'answer', take: 'count', when: 'other-scale' },
  satisfaction: { from: 'answer', take: 'sum', of: 'part', when: 'satisfaction' },
  satisfactionDeviations: { from: 'answer', take: 'deviations', of: 'part', when: 'satisfaction' },
  recommendations: { from: 'answer', take: 'count', when: 'nps' },
  promoters: { from: 'answer', take: 'count', when: 'promoter' },
  detractors: { from: 'answer', take: 'count', when: 'detractor' },
  complaints: { from: 'case', take: 'count', when: 'complaint' },
  activities: { from: 'activity', take: 'count', when: 'contact' },
  tasks: { from: 'activity', take: 'count', when: 'task' },
  opened: { from: 'opened', take: 'count', when: 'any' },
  stays: { from: 'stay', take: 'days', when: 'any' },
} as const satisfies Record<string, CountedPiece>

export type CountedId = keyof typeof countedPieces

const restPieces = {
  valued: { whole: 'sold', less: ['anonymousSold'] },
  valuedBase: { whole: 'soldBase', less: ['anonymousBase'] },
  repeatBase: { whole: 'soldBase', less: ['anonymousBase', 'firstBase'] },
} as const satisfies Record<string, RestPiece>

export type PieceId = CountedId | keyof typeof restPieces

export const pieces: Readonly<Record<CountedId, CountedPiece>> &
  Readonly<Record<keyof typeof restPieces, RestPiece>> = { ...countedPieces, ...restPieces }

/** The pieces that have to be counted for these. */
export function countedFor(ids: Iterable<PieceId>): Set<CountedId> {
  const needed = new Set<CountedId>()
  for (const id of ids) {
    const piece: Piece = pieces[id]
    if ('whole' in piece) for (const part of [piece.whole, ...piece.less]) needed.add(part)
    else needed.add(id as CountedId)
  }
  return needed
}
type NumberPiece = Exclude<PieceId, 'cycle' | 'stays'>

/** How many took how many days. */
export type Histogram = readonly (readonly [days: number, count: number])[]

/** What was counted for one cell; a piece that was not asked for reads as 0. */
export interface Counted {
  get(piece: NumberPiece): number
  readonly cycle: Histogram
  readonly stays: Histogram
}

/** Counted pieces from plain numbers. */
export function counted(
  numbers: Readonly<Partial<Record<NumberPiece, number>>>,
  { cycle = [], stays = [] }: { cycle?: Histogram; stays?: Histogram } = {},
): Counted {
  const get = (id: NumberPiece): number => {
    const known = numbers[id]
    if (known !== undefined) return known
    const piece: Piece = pieces[id]
    if (!('whole' in piece)) return 0
    return piece.less.reduce(
      (left, part) => left - (numbers[part as NumberPiece] ?? 0),
      get(piece.whole as NumberPiece),
    )
  }
  return { get, cycle, stays }
}

/** Parts that share no fact, put together: what was counted adds up, so no buyers, who may be in several. */
export function addedUp(parts: readonly Counted[]): Counted {
  return {
    get: (id) => parts.reduce((sum, part) => sum + part.get(id), 0),
    cycle: parts.flatMap(({ cycle }) => cycle),
    stays: parts.flatMap(({ stays }) => stays),
  }
}
