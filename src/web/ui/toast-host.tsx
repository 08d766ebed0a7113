// Where messages appear and how they look; loaded with the first message.
import '@mantine/core/styles/Notification.layer.css'
import { Notifications, notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.layer.css'
import type { ReactNode } from 'react'
import { useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './toast.css'

export interface Message {
  id: string
  text: ReactNode
  /** Milliseconds until it goes; absent: it stays until it is closed. */
  goesAfter?: number
  alarm?: boolean
  undo?: () => Promise<void>
}

function Line(props: { message: Message }) {
  const { id, text, undo } = props.message
  const t = useTexts(partTexts)
  if (!undo) return <span>{text}</span>
  const run = () => {
    notifications.hide(id)
    void undo()
  }
  return (
    <span className="k-toast-line">
      <span>{text}</span>
      <button type="button" className="k-link" onClick={run}>
        {t('undo')}
      </button>
    </span>
  )
}

/** Puts a message up; `closeLabel` names its ×. */
export function showMessage(message: Message, closeLabel: string): void {
  notifications.show({
    id: message.id,
    message: <Line message={message} />,
    autoClose: message.goesAfter ?? false,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': closeLabel },
    className: message.alarm ? 'k-toast k-toast-alarm' : 'k-toast',
  })
}

export function ToastPlace() {
  return <Notifications position="bottom-center" limit={4} />
}
