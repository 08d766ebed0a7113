// What a list or a page of figures can be taken away as: a CSV file, a spreadsheet, or paper.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useOrg } from '../address.tsx'
import { download, type Given } from '../client.ts'
import { useFormat, useLanguage, useTexts } from '../language.ts'
import { asProblem } from '../problem.ts'
import { partTexts } from '../texts.ts'
import { Angle } from './icons.tsx'
import { Menu, MenuItem } from './menu.tsx'
import { toast } from './toast.tsx'

type Wanted = Given<'exports.table'>
type Format = NonNullable<Wanted['format']>

export interface Exported {
  table: Wanted['table']
  /** Input of the operation that fills the screen; the page that is shown does not matter. */
  filter: Readonly<Record<string, unknown>>
  /** Another table over the same filter. */
  also?: { table: Wanted['table']; label: string }
}

/** Starts a download and can stop it; a refusal is told in a message. */
export function useExport({ table, filter }: Exported) {
  const org = useOrg()
  const lang = useLanguage()
  const running = useRef<AbortController>(undefined)
  /** Bytes that have come; undefined while none are on their way. */
  const [bytes, setBytes] = useState<number>()
  useEffect(() => () => running.current?.abort(), [])
  const run = async (format: Format, wanted = table) => {
    const control = new AbortController()
    running.current = control
    setBytes(0)
    try {
      await download(
        'exports.table',
        { table: wanted, filter, format, lang },
        { org, signal: control.signal, onProgress: setBytes },
      )
    } catch (thrown) {
      if (!control.signal.aborted) toast.problem(asProblem(thrown))
    } finally {
      setBytes(undefined)
    }
  }
  return {
    bytes,
    run: (format: Format, wanted?: Wanted['table']) => void run(format, wanted),
    cancel: () => running.current?.abort(),
  }
}

export function ExportMenu(props: Exported & { small?: boolean }) {
  const { also } = props
  const t = useTexts(partTexts)
  const format = useFormat()
  const { bytes, run, cancel } = useExport(props)
  const size = props.small ? { size: 'compact-sm' } : {}
  if (bytes !== undefined) {
    return (
      <Button variant="default" onClick={cancel} {...size}>
        {bytes === 0 ? t('export_preparing') : t('export_coming', { size: format.bytes(bytes) })}
      </Button>
    )
  }
  return (
    <Menu
      place="end"
      width={180}
      button={(opens) => (
        <Button variant="default" rightSection={<Angle />} {...size} {...opens}>
          {t('export')}
        </Button>
      )}
    >
      <MenuItem onClick={() => run('csv')}>{t('export_csv')}</MenuItem>
      <MenuItem onClick={() => run('xlsx')}>{t('export_xlsx')}</MenuItem>
      {also && (
        <>
          <MenuItem onClick={() => run('csv', also.table)}>
            {also.label} · {t('export_csv')}
          </MenuItem>
          <MenuItem onClick={() => run('xlsx', also.table)}>
            {also.label} · {t('export_xlsx')}
          </MenuItem>
        </>
      )}
      <MenuItem onClick={() => window.print()}>{t('print')}</MenuItem>
    </Menu>
  )
}
