// The one table of how much data a figure needs before Kontor shows it: policy in round numbers, not mathematics.

/**
 * Product policy on statistical figures. What mathematics alone demands (two values for a standard
 * deviation, six for a 95 % median interval) is enforced by the methods and is not a setting.
 */
export const policy = {
  /** Two-sided confidence of every interval on screen. */
  confidence: 0.95,
  /** A single rate: the interval is always shown, the word "rate" only from ten trials on. */
  oneRate: { trials: 1, calledRateFromTrials: 10 },
  /** Shrunken rates of sellers; below this the list is shown unranked. */
  shrunkenRates: { unitsWithTrials: 5, trials: 50 },
  /** Rank intervals and bands; below this a plain list is shown. */
  rankIntervals: { units: 3 },
  /** Satisfaction and recommendation; below this the answers themselves say more. */
  surveys: { answers: 10 },
  /** Chance of a stage: closed deals before there is any, and how many deals the whole weighs. */
  stageChance: { closed: 10, weight: 10 },
  /** Scores 1 to 5 by recency, frequency and value; below this lists are shown instead. */
  quintiles: { customers: 25 },
  /** Back-tests of a series: origins before one says anything, the latest so many looked at, and values before the first of them where there are no seasons. */
  backTest: { origins: 12, originsMost: 60, valuesBefore: 12 },
  /** Open deals tested on the past: earlier points looked at, and how many of them must be over before it is known what deals have in common. */
  openDealsTest: { origins: 36, commonFrom: 3 },
  /** Days to win of a stage; below this all won deals together say how long it takes. */
  daysToWin: { won: 20 },
  /** Chance of a goal: working days behind before there is one, and how many of them are looked at. */
  goals: { workingDays: 10, workingDaysMost: 240 },
  /** Quotas from potential: holders a line is drawn through; below this last year's share says more. */
  potential: { holders: 10 },
  /** Own rates of a funnel: deals won and talks held before they are told. */
  ownRates: { wins: 10, talks: 20 },
  /** Limits of a control chart; they are called provisional until there are as many points as wanted. */
  controlChart: { points: 12, provisionalFrom: 8 },
} as const
