// The drawer at the right: opened by the address, printed alone, closed by Esc.
import { Button, Drawer as MantineDrawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import { useFocusBack } from './focus-back.ts'
import { layerInFront } from './layer.ts'
import './drawer.css'

export interface DrawerSheetProps {
  /** The figure or record the drawer is about, in serif. */
  title: string
  /** Whose and when, muted. */
  note?: ReactNode
  close: () => void
  /** Offers printing; on by default. */
  print?: boolean
  /** Buttons that stay at the foot. */
  foot?: ReactNode
  children: ReactNode
}

/** Focus begins at the title, unless a field of the drawer asks for it. */
function leaveToField(title: HTMLElement | null): void {
  const field = title?.closest('.k-drawer-sheet')?.querySelector('.k-drawer-body [data-autofocus]')
  if (field) title?.removeAttribute('data-autofocus')
}

/** Drawer with its head; focus goes in, stays in, and returns to where it came from. */
export function Drawer(props: DrawerSheetProps) {
  const { title, note, close, print = true, foot, children } = props
  const t = useTexts(partTexts)
  useFocusBack()
  return (
    <MantineDrawer.Root
      opened
      returnFocus={false}
      onClose={() => {
        if (!layerInFront()) close()
      }}
      position="right"
      size="min(var(--drawer), 100vw)"
      classNames={{ content: 'k-drawer-sheet', inner: 'k-drawer-inner' }}
      transitionProps={{ duration: 140 }}
    >
      <MantineDrawer.Overlay className="k-drawer-veil" />
      <MantineDrawer.Content radius={0}>
        <div className="k-drawer-head">
          <MantineDrawer.Title
            className="k-drawer-title"
            tabIndex={-1}
            data-autofocus
            ref={leaveToField}
          >
            {title}
          </MantineDrawer.Title>
          <button type="button" className="k-drawer-close k-no-print" onClick={close}>
            <span className="k-hidden">{t('close')}</span>
            <kbd>Esc</kbd>
          </button>
        </div>
        {note && <p className="k-drawer-note">{note}</p>}
        <MantineDrawer.Body className="k-drawer-body">{children}</MantineDrawer.Body>
        {(print || foot) && (
          <div className="k-drawer-foot k-no-print">
            {foot}
            {print && (
              <Button variant="subtle" size="compact-sm" onClick={() => window.print()}>
                {t('print')}
              </Button>
            )}
          </div>
        )}
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  )
}

/** The formula with its numbers, on highlight; below it interval and method. */
export function Formula(props: { children: ReactNode; below?: ReactNode }) {
  return (
    <div className="k-formula">
      <p className="k-formula-line">{props.children}</p>
      {props.below && <p className="k-formula-below">{props.below}</p>}
    </div>
  )
}

/** A titled part of a drawer. */
export function DrawerPart(props: { title: string; children: ReactNode }) {
  return (
    <section className="k-drawer-part">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  )
}
