// Translates chart data into options of the chart library: our habits, said once.
import type { EChartsOption } from 'echarts/types/dist/shared'
import type { ChartColors } from './chart-colors.ts'
import { type ChartData, labelledPoints, type Series } from './chart-data.ts'

const font = "'Inter Variable', system-ui, sans-serif"

type Item = Record<string, unknown>

function categoryAxis(data: ChartData, colors: ChartColors): Item {
  return {
    type: 'category',
    data: [...data.categories],
    inverse: data.flat ?? false,
    boundaryGap: data.kind !== 'lines',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.lineStrong } },
    axisLabel: {
      color: colors.muted,
      fontSize: 11,
      fontFamily: font,
      // The steps of a waterfall are few, and each has to be named.
      ...(data.series.some((one) => one.spans) && !data.flat
        ? { interval: 0, width: 104, overflow: 'break' }
        : { hideOverlap: true }),
      ...(data.flat ? { width: 132, overflow: 'truncate' } : {}),
    },
  }
}

/** The axis below points that stand where a number of their own says. */
function alongAxis(write: (value: number) => string, colors: ChartColors): Item {
  return {
    type: 'value',
    scale: true,
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: colors.lineStrong } },
    axisLabel: {
      color: colors.muted,
      fontSize: 11,
      fontFamily: font,
      hideOverlap: true,
      formatter: write,
    },
  }
}

function valueAxis(data: ChartData, colors: ChartColors): Item {
  const write = data.axisFormat ?? data.format
  return {
    type: 'value',
    scale: data.kind !== 'bars',
    ...(data.from === undefined || data.kind === 'bars' ? {} : { min: data.from }),
    ...(data.until === undefined ? {} : { max: data.until }),
    splitNumber: 3,
    splitLine: { lineStyle: { color: colors.line, type: 'solid' } },
    axisLabel: {
      color: colors.muted,
      fontSize: 11,
      fontFamily: font,
      hideOverlap: true,
      formatter: (value: number) => write(value),
    },
  }
}

function pointLabel(data: ChartData, one: Series, colors: ChartColors, index: number): Item {
  const wanted = data.labelled ?? labelledPoints(one.values)
  const write = data.axisFormat ?? data.format
  return {
    show: wanted.includes(index),
    position: data.flat ? 'right' : 'top',
    color: colors.ink,
    // Where it comes to stand on the next bar.
    textBorderColor: colors.paper,
    textBorderWidth: 2,
    fontSize: 11,
    fontWeight: 600,
    fontFamily: font,
    formatter: (point: { value: number }) => write(point.value),
  }
}

function bars(data: ChartData, one: Series, colors: ChartColors): Item {
  const side = one.side ?? 'numbers'
  return {
    type: 'bar',
    name: one.name,
    barMaxWidth: 44,
    emphasis: { disabled: true },
    barCategoryGap: '26%',
    data: one.values.map((value, index) => ({
      value,
      itemStyle: {
        color: one.current && !one.current(index) ? colors.context(side) : colors.hue(side),
        borderRadius: data.flat ? [0, 2, 2, 0] : [2, 2, 0, 0],
      },
      label: pointLabel(data, one, colors, index),
    })),
  }
}

/** Pixels that a value beside a bar takes. */
const labelRoom = 64

/** Bars between two heights, each with what it says above it. */
function spans(data: ChartData, one: Series, colors: ChartColors): Item {
  const side = one.side ?? 'numbers'
  const write = data.axisFormat ?? data.format
  return {
    type: 'custom',
    name: one.name,
    renderItem: (place: CustomPlace, api: CustomApi) => {
      const index = Number(api.value(0))
      const at = (value: unknown) => api.coord(data.flat ? [value, index] : [index, value])
      const [x1 = 0, y1 = 0] = at(api.value(1))
      const [x2 = 0, y2 = 0] = at(api.value(2))
      const step = api.size([1, 1])
      const width = Math.min(44, 0.7 * (step[data.flat ? 1 : 0] ?? 0))
      const long = Math.max(1, Math.abs(data.flat ? x2 - x1 : y2 - y1))
      const shape = data.flat
        ? { x: Math.min(x1, x2), y: y1 - width / 2, width: long, height: width }
        : { x: x1 - width / 2, y: Math.min(y1, y2), width, height: long }
      const value = one.values[index]
      const current = !one.current || one.current(index)
      const bar = {
        type: 'rect',
        shape,
        style: { fill: current ? colors.hue(side) : colors.context(side) },
      }
      const end = shape.x + shape.width
      // Where there is no room behind the bar it is said within it, or before it.
      const room = place.coordSys.x + place.coordSys.width - end
      const within = data.flat && room < labelRoom
      const inside = within && shape.width > labelRoom
      const text = {
        type: 'text',
        style: {
          text: value === null || value === undefined ? '' : write(value),
          x: data.flat ? (inside ? end - 6 : within ? shape.x - 6 : end + 6) : x1,
          y: data.flat ? y1 : shape.y - 4,
          align: data.flat ? (within ? 'right' : 'left') : 'center',
          verticalAlign: data.flat ? 'middle' : 'bottom',
          fill: inside ? colors.paper : colors.ink,
          font: `600 11px ${font}`,
        },
      }
      return { type: 'group', children: [bar, text] }
    },
    encode: data.flat ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    data: (one.spans ?? []).map(([from, to], index) => [index, from, to]),
  }
}

function line(data: ChartData, one: Series, colors: ChartColors): Item {
  const side = one.side ?? 'numbers'
  const color = one.current ? colors.context(side) : colors.hue(side)
  return {
    type: 'line',
    name: one.name,
    showSymbol: true,
    symbol: 'circle',
    symbolSize: 5,
    lineStyle: {
      color,
      width: one.bandOnly || one.pointsOnly ? 0 : 1.8,
      type: one.dashed ? 'dashed' : 'solid',
    },
    itemStyle: { color },
    // Lines are named where they end, not in a legend; only needed when there are several.
    endLabel: {
      show: data.series.length > 1 && !one.bandOnly && !one.pointsOnly,
      formatter: one.name,
      color,
      fontFamily: font,
      fontSize: 11,
      fontWeight: 600,
    },
    // Names at the ends of lines that meet there stand below each other.
    labelLayout: { moveOverlap: 'shiftY' },
    data: one.values.map((value, index) => ({
      value,
      label: one.bandOnly ? { show: false } : pointLabel(data, one, colors, index),
      ...(one.marked?.(index)
        ? { symbol: 'diamond', symbolSize: 12 }
        : {
            symbolSize:
              !one.bandOnly && (data.labelled ?? labelledPoints(one.values)).includes(index)
                ? 6
                : 0,
          }),
    })),
  }
}

function band(one: Series, colors: ChartColors): Item[] {
  const { low, high } = one
  if (!low || !high) return []
  const common = {
    type: 'line',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    stack: `band ${one.name}`,
    // Also where the lower end lies below zero.
    stackStrategy: 'all',
  }
  const quiet = { silent: true, tooltip: { show: false }, name: `${one.name} band` }
  const heights = high.map((value, index) => {
    const base = low[index]
    return value === null || base === null || base === undefined ? null : value - base
  })
  return [
    { ...common, ...quiet, data: [...low] },
    {
      ...common,
      ...quiet,
      areaStyle: { color: colors.context(one.side ?? 'numbers'), opacity: 0.35 },
      data: heights,
    },
  ]
}

/** Dots with the lines of their intervals, drawn as a custom series. */
function dots(data: ChartData, one: Series, colors: ChartColors): Item[] {
  const side = one.side ?? 'numbers'
  const along = (api: CustomApi, value: unknown, index: unknown): number[] =>
    data.flat ? api.coord([value, index]) : api.coord([index, value])
  const interval = {
    type: 'custom',
    name: `${one.name} interval`,
    silent: true,
    tooltip: { show: false },
    renderItem: (_params: unknown, api: CustomApi) => {
      const [x1 = 0, y1 = 0] = along(api, api.value(1), api.value(0))
      const [x2 = 0, y2 = 0] = along(api, api.value(2), api.value(0))
      return {
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: colors.context(side), lineWidth: 2 },
      }
    },
    encode: data.flat ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    data: (one.low ?? [])
      .map((value, index) => [index, value, one.high?.[index] ?? null])
      .filter((row) => row[1] !== null && row[2] !== null),
  }
  const points = {
    type: 'scatter',
    name: one.name,
    symbolSize: 8,
    emphasis: { disabled: true },
    itemStyle: { color: colors.hue(side) },
    data: one.values.map((value, index) =>
      data.flat ? [value, index] : [data.along?.at[index] ?? index, value],
    ),
  }
  return one.low && one.high ? [interval, points] : [points]
}

/** The line that a method draws through points. */
function straight(data: ChartData, one: Series, colors: ChartColors): Item {
  return {
    type: 'line',
    name: one.name,
    symbol: 'none',
    silent: true,
    tooltip: { show: false },
    lineStyle: { color: colors.muted, width: 1.8, type: one.dashed ? 'dashed' : 'solid' },
    data: one.values.map((value, index) => [data.along?.at[index] ?? index, value]),
  }
}

interface CustomPlace {
  coordSys: { x: number; width: number }
}

interface CustomApi {
  value: (at: number) => unknown
  coord: (point: readonly unknown[]) => number[]
  size: (extent: readonly number[]) => number[]
}

function wholeLine(data: ChartData, colors: ChartColors): Item {
  if (!data.whole) return {}
  const at = data.flat ? { xAxis: data.whole.value } : { yAxis: data.whole.value }
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: colors.muted, type: 'dashed', width: 1 },
      label: {
        formatter: data.whole.label,
        color: colors.muted,
        fontFamily: font,
        fontSize: 11,
        position: data.flat ? 'start' : 'insideEndTop',
        rotate: 0,
      },
      data: [at],
    },
  }
}

interface Hovered {
  dataIndex: number
  seriesName?: string
}

/** Lines of the hover: the category, then each series with its value in full. */
function tipText(data: ChartData, hovered: Hovered | readonly Hovered[]): string {
  const points = Array.isArray(hovered) ? hovered : [hovered]
  const index = points[0]?.dataIndex ?? -1
  const lines = data.series.map((one) => {
    const value = one.values[index]
    const text = value === null || value === undefined ? '\u2014' : data.format(value)
    const low = one.low?.[index]
    const high = one.high?.[index]
    const ends =
      typeof low === 'number' && typeof high === 'number'
        ? ` (${data.format(low)} \u2013 ${data.format(high)})`
        : ''
    return data.series.length > 1 ? `${one.name}  ${text}${ends}` : `${text}${ends}`
  })
  return [data.categories[index] ?? '', ...lines].join('\n')
}

/** Options for the drawing. `label` is read out in place of the picture. */
export function chartOptions(data: ChartData, colors: ChartColors, label: string): EChartsOption {
  const series: Item[] = []
  for (const one of data.series) {
    if (one.spans) series.push(spans(data, one, colors))
    else if (data.kind === 'bars') series.push(bars(data, one, colors))
    else if (data.kind === 'lines') series.push(...band(one, colors), line(data, one, colors))
    else if (one.straight) series.push(straight(data, one, colors))
    else series.push(...dots(data, one, colors))
  }
  const first = series.at(-1)
  if (first) Object.assign(first, wholeLine(data, colors))
  const category = data.along ? alongAxis(data.along.format, colors) : categoryAxis(data, colors)
  const value = valueAxis(data, colors)
  const many = data.kind === 'lines' && data.series.length > 1
  const option = {
    animation: false,
    textStyle: { fontFamily: font },
    aria: { enabled: true, label: { description: label } },
    grid: { left: 4, right: many ? 96 : 12, top: 22, bottom: 4, containLabel: true },
    xAxis: data.flat ? value : category,
    yAxis: data.flat ? category : value,
    tooltip: {
      trigger: data.kind === 'dots' ? 'item' : 'axis',
      // Rich text is drawn into the picture: no element with styles of its own.
      renderMode: 'richText',
      backgroundColor: colors.surface,
      borderColor: colors.lineStrong,
      textStyle: { color: colors.ink, fontSize: 12, fontFamily: font },
      axisPointer: {
        type: data.kind === 'bars' ? 'none' : 'line',
        lineStyle: { color: colors.lineStrong },
      },
      formatter: (hovered: Hovered | readonly Hovered[]) => tipText(data, hovered),
    },
    series,
  }
  // The options are checked by what is drawn; the library's own type cannot be met piecewise.
  return option as EChartsOption
}
