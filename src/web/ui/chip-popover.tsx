// A chip that opens a small place to choose in, and takes the focus back when it closes.
import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useEffect } from 'react'
import { Chip, type ChipProps } from './chip.tsx'
import { useLayer } from './layer.ts'
import { Loading } from './states.tsx'
import './chip-popover.css'

interface ChipPopoverProps extends Omit<ChipProps, 'onClick'> {
  /** What is chosen in it, for those who hear it. */
  choose: string
  /** In pixels. */
  width?: number
  onClosed?: () => void
  children: (close: () => void) => ReactNode
}

const reachable =
  'a[href], button:not(:disabled), input:not(:disabled, [tabindex="-1"], [type="radio"]:not(:checked)), select, textarea'

/** At the field that asks for it, otherwise at the first thing that can be reached. */
function focusWithin(place: HTMLElement): void {
  const wanted = place.querySelector<HTMLElement>('[data-autofocus]')
  ;(wanted ?? place.querySelector<HTMLElement>(reachable) ?? place).focus()
}

/** Tab goes round within the place. */
function goRound(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(reachable)]
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  if (!to || (document.activeElement !== from && document.activeElement !== event.currentTarget))
    return
  event.preventDefault()
  to.focus()
}

/** What a place holds may come later than the place. */
function FocusWhenThere({ place }: { place: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    if (place.current && document.activeElement === place.current) focusWithin(place.current)
  }, [place])
  return null
}

export function ChipPopover(props: ChipPopoverProps) {
  const { choose, width = 300, onClosed, children, ...chip } = props
  const { open, opens, layer, close } = useLayer('start', {
    onOpened: focusWithin,
    onKey: goRound,
    ...(onClosed === undefined ? {} : { onClosed }),
  })
  return (
    <>
      <Chip {...chip} {...opens} aria-haspopup="dialog" />
      <div
        {...layer}
        role="dialog"
        aria-label={choose}
        tabIndex={-1}
        className="k-layer k-chip-pop"
        style={{ width }}
      >
        {open && (
          <Suspense fallback={<Loading shape="panel" />}>
            {children(close)}
            <FocusWhenThere place={layer.ref} />
          </Suspense>
        )}
      </div>
    </>
  )
}
