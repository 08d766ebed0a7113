// A small minimiser that needs no derivatives, for likelihoods of two to four parameters.

import { at } from './estimate.ts'

export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
  /** False when the step limit was reached first; such a fit must not be shown. */
  readonly converged: boolean
}

interface Vertex {
  readonly point: readonly number[]
  readonly value: number
}

type Target = (point: readonly number[]) => number

function ordered(vertices: readonly Vertex[]): Vertex[] {
  return [...vertices].sort((a, b) => a.value - b.value)
}

/** The vertex on the line from `from` through `centre`; 1 mirrors, 2 goes twice as far, −½ stays inside. */
function along(f: Target, centre: readonly number[], from: Vertex, factor: number): Vertex {
  const point = centre.map((c, i) => c + factor * (c - at(from.point, i)))
  return { point, value: f(point) }
}

function nextSimplex(f: Target, simplex: readonly Vertex[]): Vertex[] {
  const best = at(simplex, 0)
  const worst = at(simplex, simplex.length - 1)
  const kept = simplex.slice(0, -1)
  const centre = best.point.map(
    (_, i) => kept.reduce((sum, vertex) => sum + at(vertex.point, i), 0) / kept.length,
  )
  const mirrored = along(f, centre, worst, 1)
  if (mirrored.value < best.value) {
    const further = along(f, centre, worst, 2)
    return ordered([...kept, further.value < mirrored.value ? further : mirrored])
  }
  if (mirrored.value < at(kept, kept.length - 1).value) return ordered([...kept, mirrored])
  const contracted = along(f, centre, worst, mirrored.value < worst.value ? 0.5 : -0.5)
  if (contracted.value < Math.min(mirrored.value, worst.value)) {
    return ordered([...kept, contracted])
  }
  const shrunk = kept
    .slice(1)
    .concat(worst)
    .map((vertex) => {
      const point = vertex.point.map((x, i) => (x + at(best.point, i)) / 2)
      return { point, value: f(point) }
    })
  return ordered([best, ...shrunk])
}

function descend(f: Target, start: readonly number[], step: number, tolerance: number): Minimum {
  const corners = start.map((_, moved) => start.map((x, i) => (i === moved ? x + step : x)))
  let simplex = ordered([start, ...corners].map((point) => ({ point, value: f(point) })))
  for (let turn = 0; turn < 2000; turn += 1) {
    const best = at(simplex, 0)
    const spread = at(simplex, simplex.length - 1).value - best.value
    if (spread <= tolerance * (Math.abs(best.value) + tolerance))
      return { ...best, converged: true }
    simplex = nextSimplex(f, simplex)
  }
  return { ...at(simplex, 0), converged: false }
}

/**
 * Minimum of `f` near `start`. Stops when the simplex's values differ by less than `tolerance`
 * relative to the best one, then starts once more from there with a fresh simplex, because a
 * collapsed simplex can stop short. `f` may return Infinity outside its domain.
 * Source: Nelder & Mead (1965), Computer Journal 7:308.
 */
export function nelderMead(
  f: Target,
  start: readonly number[],
  step = 1,
  tolerance = 1e-12,
): Minimum {
  const first = descend(f, start, step, tolerance)
  return descend(f, first.point, step / 4, tolerance)
}
