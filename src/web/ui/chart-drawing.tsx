// The drawing itself: the chart library cut down to what we use, as SVG, in the theme's colours.

import { useComputedColorScheme } from '@mantine/core'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { readColors } from './chart-colors.ts'
import type { ChartData } from './chart-data.ts'
import { chartOptions } from './chart-options.ts'

use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LabelLayout,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
])

/** Widths of an A4 sheet between its margins, and of half of it, in CSS pixels. */
const paperWidths = { whole: 686, half: 326 }
/** A chart that lies over the whole width of a sheet with much below it. */
const bannerHeight = 210

/**
 * On paper: in the colours of the light theme, about as wide as there is room, so that words keep their
 * size, and with a view box, so that the sheet fits it in exactly.
 */
function whilePrinted(element: HTMLElement, chart: EChartsType, draw: () => void): () => void {
  const begin = () => {
    element.style.colorScheme = 'light'
    const banner = element.closest('.k-banner-on-paper') !== null
    const half = element.closest('.k-split') !== null && !banner
    chart.resize({
      width: paperWidths[half ? 'half' : 'whole'],
      ...(banner ? { height: bannerHeight } : {}),
    })
    draw()
    const box = `0 0 ${chart.getWidth()} ${chart.getHeight()}`
    element.querySelector('svg')?.setAttribute('viewBox', box)
  }
  const end = () => {
    element.style.removeProperty('color-scheme')
    element.querySelector('svg')?.removeAttribute('viewBox')
    chart.resize({ width: 'auto', height: 'auto' })
    draw()
  }
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  return () => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
  }
}

export function ChartDrawing(props: {
  data: ChartData
  height: number
  label: string
  /** A click on a point along the axis. */
  onChoose?: ((index: number) => void) | undefined
}) {
  const { data, height, label, onChoose } = props
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const redraw = useRef<() => void>(undefined)
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = init(element, undefined, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => {
      made.resize()
      redraw.current?.()
    })
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = undefined
    }
  }, [])

  useEffect(() => {
    const { current } = chart
    if (!current || !onChoose) return
    const zone = current.getZr()
    const choose = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
      const point = [offsetX, offsetY]
      if (!current.containPixel('grid', point)) return
      const [along = 0] = current.convertFromPixel('grid', point)
      onChoose(Math.round(along))
    }
    zone.on('click', choose)
    return () => zone.off('click', choose)
  }, [onChoose])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what the tokens mean.
  useEffect(() => {
    const element = host.current
    if (!element || !chart.current) return
    const { current } = chart
    const draw = () => {
      // Resized bars keep the outline of their earlier width while their labels move: they are made anew.
      current.clear()
      current.setOption(chartOptions(data, readColors(element), label), { notMerge: true })
    }
    redraw.current = draw
    draw()
    return whilePrinted(element, current, draw)
  }, [data, label, scheme])

  return (
    <div className="k-chart-drawing" ref={host} style={{ height }} role="img" aria-label={label} />
  )
}
