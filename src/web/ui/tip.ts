// Words that appear beside what the pointer or the keyboard is on: one element for the whole page.
import { useEffect, useRef } from 'react'
import './tip.css'

const afterMs = 300
const gap = 6
const edge = 8

interface Shown {
  on: HTMLElement
  tip: HTMLElement
}

let shown: Shown | undefined
let waiting: { on: HTMLElement; timer: ReturnType<typeof setTimeout> } | undefined

function hide(): void {
  clearTimeout(waiting?.timer)
  waiting = undefined
  if (!shown) return
  shown.on.removeAttribute('aria-describedby')
  shown.tip.remove()
  shown = undefined
  for (const type of ['scroll', 'pointerdown', 'keydown']) {
    window.removeEventListener(type, hide, { capture: true })
  }
}

function show(on: HTMLElement, text: string): void {
  hide()
  // Hidden or gone while the tip was waiting.
  if (!on.checkVisibility()) return
  const tip = document.createElement('div')
  tip.id = 'k-tip'
  tip.role = 'tooltip'
  tip.className = 'k-tip'
  tip.textContent = text
  // Above everything, also above an open drawer.
  tip.popover = 'manual'
  document.body.append(tip)
  tip.showPopover()
  const at = on.getBoundingClientRect()
  const { clientWidth } = document.documentElement
  const left = at.left + at.width / 2 - tip.offsetWidth / 2
  const above = at.top - gap - tip.offsetHeight
  tip.style.left = `${Math.max(edge, Math.min(left, clientWidth - tip.offsetWidth - edge))}px`
  tip.style.top = `${above < edge ? at.bottom + gap : above}px`
  on.setAttribute('aria-describedby', tip.id)
  shown = { on, tip }
  for (const type of ['scroll', 'pointerdown', 'keydown']) {
    window.addEventListener(type, hide, { capture: true, passive: true })
  }
}

/** Shows words beside an element while it is hovered, touched or has the focus; undefined: none. */
export function useTip<Of extends HTMLElement>(text: string | undefined) {
  const of = useRef<Of>(null)
  useEffect(() => {
    const on = of.current
    if (!on || text === undefined) return
    const enter = (event: PointerEvent) => {
      clearTimeout(waiting?.timer)
      const after = event.pointerType === 'mouse' ? afterMs : 0
      waiting = { on, timer: setTimeout(() => show(on, text), after) }
    }
    const leave = (event: PointerEvent) => {
      // A finger that is lifted has not gone elsewhere.
      if (event.pointerType === 'mouse') hide()
    }
    const focus = () => {
      if (on.matches(':focus-visible')) show(on, text)
    }
    on.addEventListener('pointerenter', enter)
    on.addEventListener('pointerleave', leave)
    on.addEventListener('focus', focus)
    on.addEventListener('blur', hide)
    return () => {
      on.removeEventListener('pointerenter', enter)
      on.removeEventListener('pointerleave', leave)
      on.removeEventListener('focus', focus)
      on.removeEventListener('blur', hide)
      if (shown?.on === on || waiting?.on === on) hide()
    }
  }, [text])
  return of
}
