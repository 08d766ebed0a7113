// The tokens as the chart library needs them: computed colours of the theme on the screen.
import type { Side } from './sparkline.tsx'

export interface ChartColors {
  ink: string
  muted: string
  faint: string
  line: string
  lineStrong: string
  paper: string
  surface: string
  hue: (side: Side) => string
  context: (side: Side) => string
}

/** `color(srgb 0.4 0.5 0.6)`, as mixed colours are computed, in the form the library can read. */
export function asRgb(color: string): string {
  const mixed = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/.exec(color)
  if (!mixed) return color
  const parts = mixed.slice(1, 4).map((part) => Math.round(Number(part) * 255))
  return `rgb(${parts.join(', ')})`
}

/** Reads the tokens by way of an element: `light-dark()` is only resolved where it is used. */
export function readColors(host: HTMLElement): ChartColors {
  const probe = document.createElement('span')
  host.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(--${token})`
    return asRgb(getComputedStyle(probe).color)
  }
  const hues: Record<string, string> = {}
  for (const side of ['numbers', 'quality', 'loyalty']) {
    hues[side] = read(side)
    hues[`${side}-context`] = read(`${side}-context`)
  }
  const colors: ChartColors = {
    ink: read('ink'),
    muted: read('muted'),
    faint: read('faint'),
    line: read('line'),
    lineStrong: read('line-strong'),
    paper: read('paper'),
    surface: read('surface'),
    hue: (side) => hues[side] ?? '',
    context: (side) => hues[`${side}-context`] ?? '',
  }
  probe.remove()
  return colors
}
