// The few signs we draw ourselves; always beside a word or with a label on the button.
import type { ReactNode } from 'react'

function Sign(props: { children: ReactNode; size?: number }) {
  const size = props.size ?? 14
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {props.children}
    </svg>
  )
}

export function Cross() {
  return (
    <Sign size={12}>
      <path d="M4 4l8 8M12 4l-8 8" />
    </Sign>
  )
}

export function CheckMark() {
  return (
    <Sign>
      <path d="M3 8.5l3.2 3.2L13 5" />
    </Sign>
  )
}

export function Angle(props: { up?: boolean }) {
  return <Sign size={12}>{props.up ? <path d="M4 10l4-4 4 4" /> : <path d="M4 6l4 4 4-4" />}</Sign>
}

export function Calendar() {
  return (
    <Sign>
      <path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.500v3" />
    </Sign>
  )
}

export function MoreDots() {
  return (
    <Sign>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />
    </Sign>
  )
}

/** The mark of the house. */
export function Mark() {
  return (
    <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true" focusable="false">
      <path
        d="M3 2v14M13 2.5 4.5 9.2 13.5 15.7"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.2"
      />
    </svg>
  )
}
