// The usual questions: how the API is asked, and the best hand-written SQL over the raw facts, for PostgreSQL and DuckDB.
import { firstDay, lastDay } from './rows.ts'

export interface BenchQuestion {
  what: string
  /** Whether a rollup can answer it. */
  rollup: boolean
  /** Addresses asked one after the other. */
  api: readonly string[]
  /** $1 is the organisation. */
  sql: string
  /** Over `deal`, `customer`, `product` and `seller` as the files say. */
  duck: string
  /** Why a goal that is missed is missed, and what was tried. */
  reason?: string
}

const all = `from=${firstDay}&until=${lastDay}`
const sale = `sale s WHERE s.org_id = $1 AND s.change_out IS NULL`
const deal = `deal d WHERE d.org_id = $1 AND d.change_out IS NULL`
const whole = (column: string) => `${column} >= '${firstDay}' AND ${column} < '${lastDay}'`
const year = (column: string, of = 2024) =>
  `${column} >= '${of}-01-01' AND ${column} < '${of + 1}-01-01'`
const soFar = `(${year('s.on_day')} AND s.on_day < '2024-10-01' OR ${year('s.on_day', 2023)} AND s.on_day < '2023-10-01')`

export const questions: readonly BenchQuestion[] = [
  {
    what: 'revenue by month',
    rollup: true,
    api: [`/results?metric=revenue&by=month&${all}`],
    sql: `SELECT date_trunc('month', s.on_day::timestamp) AS month, sum(s.base_amount) FROM ${sale} AND ${whole('s.on_day')} GROUP BY 1`,
    duck: `SELECT date_trunc('month', closed_on), sum(amount) FROM deal WHERE stage = 'Won' AND ${whole('closed_on')} GROUP BY 1`,
  },
  {
    what: 'revenue by seller this year',
    rollup: true,
    reason:
      'A year has 36,000 sums by day and seller, eight of each; days are needed because teams change by day. A rollup by month and seller would answer this one question in a thirtieth.',
    api: ['/results?metric=revenue&by=seller&period=2024'],
    sql: `SELECT s.seller_id, sum(s.base_amount) FROM ${sale} AND ${year('s.on_day')} GROUP BY 1`,
    duck: `SELECT seller, sum(amount) FROM deal WHERE stage = 'Won' AND ${year('closed_on')} GROUP BY 1`,
  },
  {
    what: 'win rate by seller and quarter',
    rollup: false,
    reason:
      'The same index answers both; ours is put aside whole before it is cut off, and makes an interval, a name and a minimum for each of 1,600 cells.',
    api: [`/results?metric=win-rate&by=seller,quarter&${all}`],
    sql: `SELECT d.seller_id, date_trunc('quarter', d.closed_on::timestamp), count(*) FILTER (WHERE d.outcome = 'won'), count(*) FROM ${deal} AND ${whole('d.closed_on')} GROUP BY 1, 2`,
    duck: `SELECT seller, date_trunc('quarter', closed_on), count(*) FILTER (WHERE stage = 'Won'), count(*) FROM deal WHERE ${whole('closed_on')} GROUP BY 1, 2`,
  },
  {
    what: 'pipeline by stage',
    rollup: false,
    api: ['/results?metric=pipeline&by=stage&period=2024'],
    sql: `SELECT d.stage_id, count(*), sum(d.base_amount) FROM ${deal} AND d.opened_on < '${lastDay}' AND (d.closed_on IS NULL OR d.closed_on >= '${lastDay}') GROUP BY 1`,
    duck: `SELECT stage, count(*), sum(amount) FROM deal WHERE opened_on < '${lastDay}' AND (closed_on IS NULL OR closed_on >= '${lastDay}') GROUP BY 1`,
  },
  {
    what: 'revenue by product family and region',
    rollup: false,
    reason:
      'The same scan and the same two joins; ours sums for each of 25 cells the eight numbers that revenue explains itself by, where the statement by hand sums one. A rollup by product and customer would be nearly as long as the facts.',
    api: [`/results?metric=revenue&by=family,region&${all}`],
    sql: `SELECT p.family, c.region, sum(s.base_amount) FROM sale s LEFT JOIN product p ON p.org_id = s.org_id AND p.id = s.product_id LEFT JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
      WHERE s.org_id = $1 AND s.change_out IS NULL AND ${whole('s.on_day')} GROUP BY 1, 2`,
    duck: `SELECT p.family, c.region, sum(d.amount) FROM deal d LEFT JOIN product p ON p.name = d.product LEFT JOIN customer c ON c.name = d.customer WHERE d.stage = 'Won' AND ${whole('d.closed_on')} GROUP BY 1, 2`,
  },
  {
    what: 'new customers by month',
    rollup: false,
    reason:
      'The same walk along the index of customers; ours puts aside which purchase was the first, and looks it up again, so that the seller, team or product it belongs to can be asked as well. The statement by hand knows no more than the day.',
    api: [`/results?metric=new-customers&by=month&${all}`],
    sql: `SELECT date_trunc('month', f.first::timestamp), count(*) FROM (SELECT s.customer_id, min(s.on_day) AS first FROM ${sale} AND s.kind = 'sale' AND s.customer_id IS NOT NULL GROUP BY 1) f WHERE ${whole('f.first')} GROUP BY 1`,
    duck: `SELECT date_trunc('month', f.first), count(*) FROM (SELECT customer, min(closed_on) AS first FROM deal WHERE stage = 'Won' GROUP BY 1) f WHERE ${whole('f.first')} GROUP BY 1`,
  },
  {
    what: 'repeat share this year',
    rollup: false,
    api: ['/results?metric=repeat-share&period=2024'],
    sql: `SELECT sum(s.base_amount) FILTER (WHERE s.on_day > f.first), sum(s.base_amount) FROM sale s JOIN (SELECT s.customer_id, min(s.on_day) AS first FROM ${sale} AND s.kind = 'sale' GROUP BY 1) f ON f.customer_id = s.customer_id
      WHERE s.org_id = $1 AND s.change_out IS NULL AND s.kind = 'sale' AND ${year('s.on_day')}`,
    duck: `SELECT sum(d.amount) FILTER (WHERE d.closed_on > f.first), sum(d.amount) FROM deal d JOIN (SELECT customer, min(closed_on) AS first FROM deal WHERE stage = 'Won' GROUP BY 1) f USING (customer) WHERE d.stage = 'Won' AND ${year('d.closed_on')}`,
  },
  {
    what: 'cohort grid of customers by quarter',
    rollup: false,
    api: [`/cohorts?grain=quarter&${all}`],
    sql: `WITH f AS (SELECT s.customer_id, min(s.on_day) AS first FROM ${sale} AND s.kind = 'sale' GROUP BY 1)
      SELECT date_trunc('quarter', f.first::timestamp), date_trunc('quarter', s.on_day::timestamp), count(DISTINCT s.customer_id) FROM sale s JOIN f ON f.customer_id = s.customer_id WHERE s.org_id = $1 AND s.change_out IS NULL AND s.kind = 'sale' GROUP BY 1, 2`,
    duck: `WITH f AS (SELECT customer, min(closed_on) AS first FROM deal WHERE stage = 'Won' GROUP BY 1)
      SELECT date_trunc('quarter', f.first), date_trunc('quarter', d.closed_on), count(DISTINCT d.customer) FROM deal d JOIN f USING (customer) WHERE d.stage = 'Won' GROUP BY 1, 2`,
  },
  {
    what: 'median sales cycle by team',
    rollup: false,
    api: [`/results?metric=sales-cycle&by=team&${all}`],
    sql: `SELECT m.team_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY d.closed_on - d.opened_on) FROM deal d LEFT JOIN membership m ON m.org_id = d.org_id AND m.seller_id = d.seller_id AND m.change_out IS NULL AND m.kind = 'member' AND d.closed_on >= m.valid_from AND d.closed_on < m.valid_until
      WHERE d.org_id = $1 AND d.change_out IS NULL AND d.outcome = 'won' AND ${whole('d.closed_on')} GROUP BY 1`,
    duck: `SELECT s.team, median(d.closed_on - d.opened_on) FROM deal d LEFT JOIN seller s ON s.name = d.seller WHERE d.stage = 'Won' AND ${whole('d.closed_on')} GROUP BY 1`,
  },
  {
    what: 'the fifty customers with the most revenue',
    rollup: false,
    reason:
      'All ten thousand are counted with the eight numbers that revenue explains itself by, named and sorted; the statement by hand sums one and names fifty.',
    api: [`/cross?metric=revenue&by=customer&sort=revenue&down=true&limit=50&${all}`],
    sql: `SELECT c.name, t.sum FROM (SELECT s.customer_id, sum(s.base_amount) FROM ${sale} AND ${whole('s.on_day')} GROUP BY 1 ORDER BY 2 DESC LIMIT 50) t JOIN customer c ON c.org_id = $1 AND c.id = t.customer_id`,
    duck: `SELECT customer, sum(amount) FROM deal WHERE stage = 'Won' AND ${whole('closed_on')} GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
  },
  {
    what: 'funnel by seller',
    rollup: false,
    api: [`/funnel?by=seller&${all}`],
    sql: `SELECT d.seller_id, d.outcome, d.stage_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY d.closed_on - d.opened_on) FROM ${deal} AND ${whole('d.opened_on')} GROUP BY 1, 2, 3`,
    duck: `SELECT seller, stage, count(*), median(closed_on - opened_on) FROM deal WHERE ${whole('opened_on')} GROUP BY 1, 2`,
  },
  {
    what: 'year to date against last year',
    rollup: true,
    reason:
      'Two questions, each answered from a few hundred sums in 1.5 ms; the rest is what every request costs: who asks, settings, revision, first and last day on record.',
    api: [
      '/results?metric=revenue&from=2024-01-01&until=2024-10-01',
      '/results?metric=revenue&from=2023-01-01&until=2023-10-01',
    ],
    sql: `SELECT extract(year FROM s.on_day), sum(s.base_amount) FROM ${sale} AND ${soFar} GROUP BY 1`,
    duck: `SELECT year(closed_on), sum(amount) FROM deal WHERE stage = 'Won' AND ${soFar.replaceAll('s.on_day', 'closed_on')} GROUP BY 1`,
  },
]
