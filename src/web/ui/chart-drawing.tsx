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
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
])

export function ChartDrawing(props: { data: ChartData; height: number; label: string }) {
  const { data, height, label } = props
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = init(element, undefined, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = undefined
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what the tokens mean.
  useEffect(() => {
    const element = host.current
    if (!element || !chart.current) return
    chart.current.setOption(chartOptions(data, readColors(element), label), { notMerge: true })
  }, [data, label, scheme])

  return (
    <div className="k-chart-drawing" ref={host} style={{ height }} role="img" aria-label={label} />
  )
}
