// Watches whether the server answers: a notice while it does not, the key page when it asks for one.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { watchServer } from './client.ts'
import { useTexts } from './language.ts'
import { shellTexts } from './texts.ts'
import { toast } from './ui/toast.tsx'

const askAgainMs = 3_000

/** Whether the server wants a key, and a way to try again with a new one. */
export function useKeyAsked(): [asked: boolean, again: () => void] {
  const [asked, setAsked] = useState(false)
  const client = useQueryClient()
  useEffect(
    () =>
      watchServer((_reachable, problem) => {
        if (problem?.status === 401) setAsked(true)
      }),
    [],
  )
  const again = () => {
    setAsked(false)
    void client.resetQueries()
  }
  return [asked, again]
}

/** Line at the head of the page while the server is away; asks for its health until it is back. */
export function ConnectionNotice() {
  const t = useTexts(shellTexts)
  const client = useQueryClient()
  const [away, setAway] = useState(false)
  const said = useRef(t)
  said.current = t
  const wasAway = useRef(false)
  useEffect(() => watchServer((reachable) => setAway(!reachable)), [])
  useEffect(() => {
    if (!away) {
      if (wasAway.current) {
        toast.done(said.current('back_again'))
        void client.invalidateQueries()
      }
      wasAway.current = false
      return
    }
    wasAway.current = true
    const timer = setInterval(() => {
      fetch('/healthz', { cache: 'no-store', credentials: 'omit' })
        .then((response) => {
          if (response.ok) setAway(false)
        })
        .catch(() => {
          // Still away: the notice stands and the next tick asks again.
        })
    }, askAgainMs)
    return () => clearInterval(timer)
  }, [away, client])
  if (!away) return null
  return (
    <div className="k-away k-no-print" role="status">
      <b>{t('unreachable')}</b> <span>{t('unreachable_more')}</span>
    </div>
  )
}
