// Small layers beside the button that opens them: the browser's own popover, put where there is room.
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import './layer.css'

/** Under the beginning or the end of the button; above it where there is more room. */
export type LayerPlace = 'start' | 'end'

/** Between button and layer, and between layer and window, in pixels. */
const gap = 6
const edge = 8

/** What a button needs to open a layer. */
export interface Opens {
  /** Names the layer, where that has no better name. */
  id: string
  ref: RefObject<HTMLButtonElement | null>
  popoverTarget: string
  'aria-expanded': boolean
  'aria-controls': string
  onClick: (event: MouseEvent) => void
}

export interface Layer {
  open: boolean
  opens: Opens
  show: () => void
  close: () => void
  /** For the layer itself, which always stands beside its button, empty until it is opened. */
  layer: {
    ref: RefObject<HTMLDivElement | null>
    id: string
    popover: 'auto'
    onToggle: (event: ToggleEvent) => void
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

interface LayerGiven {
  onOpened?: (layer: HTMLElement) => void
  onClosed?: () => void
  /** Keys pressed within. */
  onKey?: (event: KeyboardEvent<HTMLElement>) => void
}

/** Whether one is open: Escape is for it alone, and not for what it stands in. */
export function layerInFront(): boolean {
  return document.querySelector('.k-layer:popover-open') !== null
}

/** Enter in a field sends the form around the layer, with whose fields this one has nothing to do. */
function sendsFormAround({ key, target, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'Enter' || !(target instanceof HTMLInputElement)) return false
  return target.form !== null && !currentTarget.contains(target.form)
}

export function useLayer(place: LayerPlace, { onOpened, onClosed, onKey }: LayerGiven): Layer {
  const id = useId()
  const buttonId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (open && button.current && layer.current)
      return keepBeside(button.current, layer.current, place)
  }, [open, place])
  const show = () => {
    const [from, element] = [button.current, layer.current]
    if (!from || !element || element.matches(':popover-open')) return
    // Filled before it is shown: its size decides where it stands.
    flushSync(() => setOpen(true))
    element.showPopover()
    putBeside(from, element, place)
    onOpened?.(element)
  }
  const close = () => {
    if (layer.current?.matches(':popover-open')) layer.current.hidePopover()
  }
  return {
    open,
    show,
    close,
    opens: {
      id: buttonId,
      ref: button,
      // Tells the browser that a press on the button is not one beside the layer, which would close it.
      popoverTarget: id,
      'aria-expanded': open,
      'aria-controls': id,
      onClick: (event) => {
        event.preventDefault()
        if (open) close()
        else show()
      },
    },
    layer: {
      ref: layer,
      id,
      popover: 'auto',
      onToggle: (event) => {
        if (event.target !== event.currentTarget || event.newState === 'open') return
        setOpen(false)
        onClosed?.()
        // Not every browser gives the focus of a button back that was opened by a click.
        if (document.activeElement === document.body) button.current?.focus()
      },
      onKeyDown: (event) => {
        // What is typed here is no shortcut of the page, nor for the form or drawer around.
        event.stopPropagation()
        if (sendsFormAround(event)) event.preventDefault()
        onKey?.(event)
      },
    },
  }
}

function putBeside(button: HTMLElement, layer: HTMLElement, place: LayerPlace): void {
  const at = button.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const width = layer.offsetWidth
  const height = layer.scrollHeight + layer.offsetHeight - layer.clientHeight
  const above = at.top - gap - edge
  const below = clientHeight - at.bottom - gap - edge
  const up = height > below && above > below
  const left = place === 'start' ? at.left : at.right - width
  layer.style.maxHeight = `${Math.max(up ? above : below, 0)}px`
  layer.style.left = `${Math.max(edge, Math.min(left, clientWidth - width - edge))}px`
  layer.style.top = `${up ? at.top - gap - Math.min(height, above) : at.bottom + gap}px`
}

/** As long as it is open, also when the page is scrolled or what the layer holds arrives. */
function keepBeside(button: HTMLElement, layer: HTMLElement, place: LayerPlace): () => void {
  const put = () => putBeside(button, layer, place)
  const onScroll = (event: Event) => {
    if (event.target !== layer) put()
  }
  const sizes = new ResizeObserver(put)
  sizes.observe(layer)
  for (const child of layer.children) sizes.observe(child)
  window.addEventListener('scroll', onScroll, { capture: true, passive: true })
  window.addEventListener('resize', put)
  return () => {
    sizes.disconnect()
    window.removeEventListener('scroll', onScroll, { capture: true })
    window.removeEventListener('resize', put)
  }
}
