// A menu: a button that opens its choices, walked by arrows and first letters.
import type { KeyboardEvent, ReactNode } from 'react'
import { type LayerPlace, type Opens, useLayer } from './layer.ts'
import './menu.css'

interface OpensMenu extends Opens {
  'aria-haspopup': 'menu'
  onKeyDown: (event: KeyboardEvent) => void
}

export interface MenuProps {
  /** The button; everything given to it must reach the element. */
  button: (opens: OpensMenu) => ReactNode
  place?: LayerPlace
  /** In pixels. */
  width?: number
  children: ReactNode
}

const itemsOf = (menu: HTMLElement) => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)'),
]

/** Index of the item a key leads to; undefined for keys that mean nothing here. */
function itemBy(key: string, items: readonly HTMLElement[], at: number): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % items.length
  if (key === 'ArrowUp') return (Math.max(at, 0) + items.length - 1) % items.length
  if (key === 'Home') return 0
  if (key === 'End') return items.length - 1
  if (key.length !== 1 || key === ' ') return undefined
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  const found = after.find((item) =>
    item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
  )
  return found && items.indexOf(found)
}

export function Menu(props: MenuProps) {
  const { button, place = 'start', width = 240, children } = props
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Tab') return close()
    const items = itemsOf(event.currentTarget)
    const next = itemBy(event.key, items, items.indexOf(document.activeElement as HTMLElement))
    if (next === undefined) return
    event.preventDefault()
    items[next]?.focus()
  }
  const { open, opens, layer, show, close } = useLayer(place, {
    onOpened: (menu) => itemsOf(menu)[0]?.focus(),
    onKey: walk,
  })
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    show()
    if (event.key === 'ArrowUp' && layer.ref.current) itemsOf(layer.ref.current).at(-1)?.focus()
  }
  return (
    <>
      {button({ ...opens, 'aria-haspopup': 'menu', onKeyDown: openByArrow })}
      <div
        {...layer}
        role="menu"
        aria-labelledby={opens.id}
        tabIndex={-1}
        className="k-layer k-menu"
        style={{ width }}
        // Before the item acts: what it opens gives the focus back to the button.
        onClickCapture={(event) => {
          if (event.target instanceof Element && event.target.closest('[role^="menuitem"]')) close()
        }}
      >
        {open && children}
      </div>
    </>
  )
}

export interface MenuItemProps {
  onClick: () => void
  /** Where one of the menu is chosen: whether it is this one. */
  chosen?: boolean
  /** At the right: a mark, a key, muted words. */
  right?: ReactNode
  children: ReactNode
}

export function MenuItem({ onClick, chosen, right, children }: MenuItemProps) {
  const role =
    chosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': chosen }
  return (
    <button type="button" {...role} tabIndex={-1} className="k-menu-item" onClick={onClick}>
      <span>{children}</span>
      {right && <span className="k-menu-right">{right}</span>}
    </button>
  )
}

/** What the items below do. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="k-menu-label">{children}</div>
}
