// Every pair of text and ground keeps its contrast, in both themes (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pairs = new Map<string, { light: string; dark: string }>()
for (const found of css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  const [, name, light, dark] = found
  if (name && light && dark) pairs.set(name, { light, dark })
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(one: string, other: string): number {
  const a = luminance(one)
  const b = luminance(other)
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const grounds = ['paper', 'surface', 'highlight', 'accent-soft']
const texts = [
  'ink',
  'muted',
  'faint',
  'accent',
  'accent-strong',
  'numbers',
  'quality',
  'loyalty',
  'good',
  'attention',
  'attention-strong',
  'warning',
]

function tokenIn(name: string, theme: 'light' | 'dark'): string {
  const pair = pairs.get(name)
  if (!pair) throw new Error(`tokens.css has no --${name} with two colours`)
  return pair[theme]
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each(texts)('%s can be read on every ground', (text) => {
    for (const ground of grounds) {
      const ratio = contrast(tokenIn(text, theme), tokenIn(ground, theme))
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('text on filled buttons can be read', () => {
    expect(contrast(tokenIn('on-accent', theme), tokenIn('accent', theme))).toBeGreaterThanOrEqual(
      4.5,
    )
    expect(
      contrast(tokenIn('on-accent', theme), tokenIn('accent-strong', theme)),
    ).toBeGreaterThanOrEqual(4.5)
    expect(
      contrast(tokenIn('on-attention', theme), tokenIn('attention', theme)),
    ).toBeGreaterThanOrEqual(4.5)
    expect(
      contrast(tokenIn('on-attention', theme), tokenIn('attention-strong', theme)),
    ).toBeGreaterThanOrEqual(4.5)
  })

  test('fields are seen by their border', () => {
    for (const ground of ['paper', 'surface']) {
      expect(contrast(tokenIn('control', theme), tokenIn(ground, theme))).toBeGreaterThanOrEqual(3)
    }
  })
})
