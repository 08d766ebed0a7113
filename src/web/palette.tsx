// The palette: one line of typing that goes anywhere, does anything and finds any record.
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Command, Finder, Found, Here } from './commands.ts'
import { KeysShown } from './keys-shown.tsx'
import { useTexts, useWords } from './language.ts'
import { shellTexts } from './texts.ts'
import { useFocusBack } from './ui/focus-back.ts'
import './palette.css'

export interface PaletteProps {
  open: boolean
  close: () => void
  commands: readonly Command[]
  finders: readonly Finder[]
  here: Here
}

interface Entry {
  id: string
  label: string
  note?: string | undefined
  keys?: string | undefined
  group: string
  run: () => void
}

const groupOrder: readonly Command['group'][] = ['go', 'do', 'view']

function plainLetters(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss')
}

/** Whether every word typed begins a word of the label, in any order and without accents. */
export function fits(label: string, typed: string): boolean {
  const words = plainLetters(label).split(/[^\p{L}\p{N}]+/u)
  return plainLetters(typed)
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** Records found by all finders, each with the name of its kind. */
function useFound(finders: readonly Finder[], text: string, org: string) {
  const [waited] = useDebouncedValue(text.trim(), 160)
  return useQuery({
    queryKey: [org, 'palette', waited],
    enabled: waited.length >= 2 && finders.length > 0 && org !== '',
    queryFn: async ({ signal }) => {
      const answers = await Promise.allSettled(
        finders.map(async (finder) => ({ finder, found: await finder.find(waited, org, signal) })),
      )
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    },
  })
}

export function Palette(props: PaletteProps) {
  const { open, close } = props
  useFocusBack()
  return (
    <Modal.Root
      classNames={{ content: 'k-palette' }}
      opened={open}
      onClose={close}
      returnFocus={false}
      centered={false}
      yOffset="12vh"
      size={560}
    >
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <PaletteBox {...props} />
      </Modal.Content>
    </Modal.Root>
  )
}

function useEntries(props: PaletteProps, typed: string) {
  const { commands, finders, here, close } = props
  const t = useTexts(shellTexts)
  const words = useWords()
  const found = useFound(finders, typed, here.org)
  const entries = useMemo(() => {
    const leave = (run: () => unknown) => () => {
      close()
      void run()
    }
    const fromCommands: Entry[] = commands
      .filter((command) => command.id !== 'shell.palette' && command.id !== 'shell.search')
      .filter((command) => command.when?.(here) ?? true)
      .filter((command) => fits(words(command.label), typed))
      .sort((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group))
      .map((command) => ({
        id: command.id,
        label: words(command.label),
        keys: command.keys,
        group: t(`palette_${command.group}`),
        run: leave(() => command.run(here)),
      }))
    const open = (one: Found) => leave(() => here.go(one.path, one.search))
    const fromFinders: Entry[] = (typed.trim().length < 2 ? [] : (found.data ?? [])).flatMap(
      (answer) =>
        answer.found.map((one) => ({
          id: `${answer.finder.id}.${one.id}`,
          label: one.label,
          note: one.note,
          group: words(answer.finder.label),
          run: open(one),
        })),
    )
    return [...fromCommands, ...fromFinders]
  }, [commands, here, close, t, words, typed, found.data])
  return { entries, searching: found.isFetching }
}

function PaletteBox(props: PaletteProps) {
  const t = useTexts(shellTexts)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { entries, searching } = useEntries(props, typed)
  const chosen = Math.min(at, entries.length - 1)
  const optionId = (index: number) => `${list}-${index}`

  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((chosen + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      entries[chosen]?.run()
    }
  }
  let group: string | undefined
  return (
    <div ref={box}>
      <Modal.Title className="k-hidden">{t('palette')}</Modal.Title>
      <input
        className="k-palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen >= 0 ? optionId(chosen) : undefined}
        aria-label={t('palette')}
        placeholder={t('palette_hint')}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className="k-palette-list"
        role="listbox"
        id={list}
        aria-label={t('palette')}
        tabIndex={-1}
      >
        {entries.map((entry, index) => {
          const opens = entry.group !== group
          group = entry.group
          return (
            <div key={entry.id} role="presentation">
              {opens && (
                <div className="k-palette-group" role="presentation">
                  {entry.group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys. */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field. */}
              <div
                className="k-palette-entry"
                role="option"
                id={optionId(index)}
                aria-selected={index === chosen}
                onMouseMove={() => setAt(index)}
                onClick={entry.run}
              >
                <span>{entry.label}</span>
                {entry.note && <span className="k-muted">{entry.note}</span>}
                {entry.keys && <KeysShown keys={entry.keys} />}
              </div>
            </div>
          )
        })}
      </div>
      <p className="k-palette-foot" role="status">
        {entries.length === 0 && !searching && t('palette_none', { text: typed })}
        {searching && t('palette_searching')}
        {entries.length > 0 && !searching && (
          <span className="k-hidden">{t('results_count', { count: entries.length })}</span>
        )}
      </p>
    </div>
  )
}
