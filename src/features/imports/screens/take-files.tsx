// Where dropped files go: into the organisation on the screen, or from the demo into one's own if wanted.
import { Button, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useOrg } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisations } from '../../../web/organisation.ts'
import { partTexts } from '../../../web/texts.ts'
import { type Kind, useImportTexts } from './batch-words.ts'
import { sendFiles } from './uploads.ts'
import '../../../web/ui/form.css'

interface Taken {
  files: File[]
  kind: Kind | undefined
}

export interface FileTaker {
  /** Without a kind it is recognised from the columns. */
  take: (files: File[], kind?: Kind) => void
  /** The question about the demo, while it is asked. */
  question: ReactNode
}

/** Sends files and goes where they can be looked at: one import, or the page for several. */
export function useFileTaker(): FileTaker {
  const here = useOrg()
  const facts = useOrganisation().data
  const own = useOrganisations().find((one) => one.kind === 'own')
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Taken>()

  const send = async (org: string, { files, kind }: Taken) => {
    setAsked(undefined)
    const several = files.length > 1
    const go = (path: string, search: Record<string, string> = {}) =>
      navigate({ to: `/${org}/${path}`, search } as never)
    if (several) await go('imports/queue')
    else if (org !== here) await go('imports')
    const taken: string[] = []
    await sendFiles(
      org,
      files,
      (id) => {
        taken.push(id)
        // Only while the person still waits there; elsewhere nothing is pulled away.
        if (several && location.pathname === `/${org}/imports/queue`) {
          void navigate({
            to: `/${org}/imports/queue`,
            search: { ids: taken.join(',') },
            replace: true,
          } as never)
        }
      },
      kind,
    )
    const [id] = taken
    if (!several && id !== undefined && location.pathname === `/${org}/imports`)
      await go(`imports/${id}`)
  }
  const take = (files: File[], kind?: Kind) => {
    const taken = { files, kind }
    if (facts?.kind === 'demo' && own) setAsked(taken)
    else void send(here, taken)
  }
  const question = asked && own && (
    <DemoQuestion
      own={own.name}
      intoOwn={() => void send(own.slug, asked)}
      intoDemo={() => void send(here, asked)}
      close={() => setAsked(undefined)}
    />
  )
  return { take, question }
}

function DemoQuestion(props: {
  own: string
  intoOwn: () => void
  intoDemo: () => void
  close: () => void
}) {
  const t = useImportTexts()
  const parts = useTexts(partTexts)
  return (
    <Modal.Root classNames={{ content: 'k-modal' }} opened onClose={props.close} centered>
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <Modal.Title className="k-modal-title">{t('demo_title')}</Modal.Title>
        <p className="k-modal-text">{t('demo_text')}</p>
        <div className="k-form-buttons">
          <Button data-autofocus onClick={props.intoOwn}>
            {t('demo_own', { name: props.own })}
          </Button>
          <Button variant="default" onClick={props.intoDemo}>
            {t('demo_here')}
          </Button>
          <Button variant="subtle" onClick={props.close}>
            {parts('cancel')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Files may be let go anywhere on the page, not only on the dashed field. */
export function DropAnywhere(props: { onFiles: (files: File[]) => void; words: string }) {
  const [over, setOver] = useState(false)
  const take = useRef(props.onFiles)
  take.current = props.onFiles
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      // The dashed field has taken it already.
      if (event.defaultPrevented || !hasFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) take.current(files)
    }
    document.addEventListener('dragover', onOver)
    document.addEventListener('dragleave', onLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onOver)
      document.removeEventListener('dragleave', onLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])
  return over ? (
    <div className="imports-drop-veil" aria-hidden="true">
      <p>{props.words}</p>
    </div>
  ) : null
}
