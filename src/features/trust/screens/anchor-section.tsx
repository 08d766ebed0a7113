// The end of the chain as a file to be kept outside, and the comparison with one written earlier.
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { trustTexts } from '../texts.ts'

type Head = Answer<'trust.checks'>['head']

/** Hands a text to the browser as a file. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** What an anchor file says; undefined when it is none. Older ones name the organisation by a word. */
function anchorIn(text: string): { org?: string; revision: number; hash: string } | undefined {
  try {
    const { org, revision, hash } = JSON.parse(text) as Record<string, unknown>
    if (typeof revision !== 'number' || typeof hash !== 'string') return undefined
    return {
      revision,
      hash,
      ...(typeof org === 'string' && /^[0-9a-f-]{36}$/.test(org) ? { org } : {}),
    }
  } catch {
    return undefined
  }
}

export function AnchorSection(props: { head: Head }) {
  const { org, revision, hash } = props.head
  const t = useTexts(trustTexts)
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const compare = useChange('trust.compare-anchor')
  const [said, setSaid] = useState<string>()
  const read = async (file: File | undefined) => {
    if (!file) return
    const anchor = anchorIn(await file.text())
    if (!anchor) return setSaid(t('anchor_unreadable'))
    try {
      const found = await compare.run(anchor)
      setSaid(
        t(`anchor_${found.reason}`, {
          revision: format.count(found.same ? anchor.revision : found.revision),
        }),
      )
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const keep = () =>
    save(`kontor-anchor-${revision}.json`, `${JSON.stringify({ org, revision, hash })}\n`)
  return (
    <Section title={t('anchor')} note={t('anchor_note')}>
      <p>{t('head', { revision: format.count(revision) })}</p>
      <div className="k-page-actions">
        <Button variant="default" onClick={keep}>
          {t('anchor_save')}
        </Button>
        <Button variant="default" loading={compare.busy} onClick={() => input.current?.click()}>
          {t('anchor_compare')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={t('anchor_compare')}
          onChange={(event) => {
            void read(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <p role="status">{said}</p>
    </Section>
  )
}
