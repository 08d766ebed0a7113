// The palette: one line of typing that goes anywhere, does anything and finds any record.
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Command, Finder, FoundGroup, Here } from './commands.ts'
import { KeysShown } from './keys-shown.tsx'
import { useFormat, useTexts, useWords } from './language.ts'
import { keepRecent, type Recent, recentIn } from './recent.ts'
import { shellTexts } from './texts.ts'
import { useFocusBack } from './ui/focus-back.ts'
import './palette.css'

export interface PaletteProps {
  open: boolean
  close: () => void
  commands: readonly Command[]
  finder: Finder | undefined
  here: Here
}

interface Entry {
  id: string
  label: string
  note?: string | undefined
  archived?: boolean | undefined
  keys?: string | undefined
  group: string
  /** Rests on the answer of the server, which may still be that to the text before. */
  found?: boolean
  run: () => void
}

/** Letters from which on records are looked for. */
const lettersMin = 2
const textMax = 200

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

/** Records that fit. While somebody types, those before stay until the new ones are there. */
function useFound(finder: Finder | undefined, typed: string, org: string) {
  const format = useFormat()
  const text = typed.trim()
  const [waited] = useDebouncedValue(text, 160)
  const asks = text.length >= lettersMin && finder !== undefined && org !== ''
  const query = useQuery({
    queryKey: [org, 'palette', waited, format.language],
    enabled: asks && waited.length >= lettersMin,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => finder?.({ text: waited, org, format, signal }) ?? [],
  })
  return {
    groups: asks ? (query.data ?? []) : [],
    failed: asks && query.isError,
    searching: asks && (waited !== text || query.isFetching),
  }
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

/** Leaves the palette, then does it. */
const leaving = (close: () => void) => (run: () => unknown) => () => {
  close()
  void run()
}

function useCommandEntries({ commands, here, close }: PaletteProps, typed: string): Entry[] {
  const t = useTexts(shellTexts)
  const words = useWords()
  return useMemo(
    () =>
      commands
        .filter((command) => command.id !== 'shell.palette' && command.id !== 'shell.search')
        .filter((command) => command.when?.(here) ?? true)
        .filter((command) => fits(words(command.label), typed))
        .sort((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group))
        .map((command) => ({
          id: command.id,
          label: words(command.label),
          keys: command.keys,
          group: t(`palette_${command.group}`),
          run: leaving(close)(() => command.run(here)),
        })),
    [commands, here, close, t, words, typed],
  )
}

function useFoundEntries({ here, close }: PaletteProps, groups: readonly FoundGroup[]): Entry[] {
  const t = useTexts(shellTexts)
  const words = useWords()
  const open = (one: Recent) =>
    leaving(close)(() => {
      keepRecent(here.org, one)
      here.go(one.path, one.search)
    })
  return groups.flatMap(({ id, label, rows, all }) => {
    const group = words(label)
    const entries: Entry[] = rows.map((row) => {
      const { path, search } = row
      const known =
        row.knownAs === undefined ? undefined : t('palette_known', { name: row.knownAs })
      return {
        id: `${id}.${row.id}`,
        label: row.label,
        note: [known, row.note].filter((part) => part !== undefined).join(' · ') || undefined,
        archived: row.archived,
        group,
        found: true,
        run: open({
          id: row.id,
          label: row.label,
          path,
          ...(search ? { search } : {}),
          kind: label,
        }),
      }
    })
    if (!all) return entries
    const name = t('palette_all', { count: all.total, text: all.search.search ?? '' })
    const run = leaving(close)(() => here.go(all.path, all.search))
    return [...entries, { id: `${id}.all`, label: name, group, found: true, run }]
  })
}

function useRecentEntries({ here, close }: PaletteProps, typed: string): Entry[] {
  const t = useTexts(shellTexts)
  const words = useWords()
  const recent = useMemo(() => recentIn(here.org), [here.org])
  if (typed.trim() !== '') return []
  return recent.map((one) => ({
    id: `recent.${one.id}`,
    label: one.label,
    note: words(one.kind),
    group: t('palette_recent'),
    run: leaving(close)(() => {
      keepRecent(here.org, one)
      here.go(one.path, one.search)
    }),
  }))
}

function useEntries(props: PaletteProps, typed: string) {
  const { groups, searching, failed } = useFound(props.finder, typed, props.here.org)
  const recent = useRecentEntries(props, typed)
  const commands = useCommandEntries(props, typed)
  const found = useFoundEntries(props, groups)
  return { entries: [...recent, ...commands, ...found], searching, failed }
}

function PaletteBox(props: PaletteProps) {
  const t = useTexts(shellTexts)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { entries, searching, failed } = useEntries(props, typed)
  // Enter before the answer is there opens the first record that it brings.
  const [eager, setEager] = useState(false)
  const chosen = Math.min(at, entries.length - 1)
  const optionId = (index: number) => `${list}-${index}`

  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    if (!eager || searching) return
    setEager(false)
    entries[chosen]?.run()
  }, [eager, searching, entries, chosen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((chosen + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const entry = entries[chosen]
      if (searching && (entry === undefined || entry.found)) setEager(true)
      else entry?.run()
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
        maxLength={textMax}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
          setEager(false)
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
                <bdi className="k-palette-label">{entry.label}</bdi>
                {entry.archived && <span className="k-palette-mark">{t('palette_archived')}</span>}
                {entry.note && <bdi className="k-palette-note">{entry.note}</bdi>}
                {entry.keys && <KeysShown keys={entry.keys} />}
              </div>
            </div>
          )
        })}
      </div>
      <p className="k-palette-foot" role="status">
        {searching && t('palette_searching')}
        {failed && !searching && t('palette_failed')}
        {entries.length === 0 && !searching && !failed && t('palette_none', { text: typed })}
        {entries.length > 0 && !searching && (
          <span className="k-hidden">{t('results_count', { count: entries.length })}</span>
        )}
      </p>
    </div>
  )
}
