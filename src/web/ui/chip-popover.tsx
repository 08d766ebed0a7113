// A chip that opens a small place to choose in, and takes the focus back when it closes.
import { Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Chip, type ChipProps } from './chip.tsx'
import './chip-popover.css'

interface ChipPopoverProps extends Omit<ChipProps, 'onClick'> {
  /** What is chosen in it, for those who hear it. */
  choose: string
  /** In pixels. */
  width?: number
  onClosed?: () => void
  children: (close: () => void) => ReactNode
}

export function ChipPopover(props: ChipPopoverProps) {
  const { choose, width = 300, onClosed, children, ...chip } = props
  const [open, setOpen] = useState(false)
  const toggle = (opened: boolean) => {
    setOpen(opened)
    if (!opened) onClosed?.()
  }
  return (
    <Popover
      opened={open}
      onChange={toggle}
      position="bottom-start"
      width={width}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Chip {...chip} onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown className="k-chip-pop" aria-label={choose}>
        {children(() => toggle(false))}
      </Popover.Dropdown>
    </Popover>
  )
}
