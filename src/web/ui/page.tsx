// The page: its finding in one serif line, then what it rests on, then the rest.
import { lazy, type ReactNode, Suspense, useEffect, useId } from 'react'
import type { Exported } from './export-menu.tsx'
import './page.css'

/** The frame has a page, too, before any is loaded: menus must not be in the first load for it. */
const ExportMenu = lazy(() => import('./export-menu.tsx').then((m) => ({ default: m.ExportMenu })))

export interface PageProps {
  /** The sentence the page opens with; also its title in the browser. */
  finding: string
  /** What the finding rests on, muted. */
  note?: ReactNode
  /** Filter chips above the finding. */
  chips?: ReactNode
  /** Buttons at the right of the finding. */
  actions?: ReactNode
  /** What the page can be taken away as, by file or on paper. */
  exports?: Exported
  children?: ReactNode
}

export function Page(props: PageProps) {
  const { finding, note, chips, actions, exports, children } = props
  useEffect(() => {
    document.title = `${finding.replace(/\.$/, '')} · Kontor`
  }, [finding])
  return (
    <div className="k-page">
      {/* Also without chips: the search box of the frame stands in this line. */}
      <div className="k-page-chips">{chips}</div>
      <header className="k-page-head">
        <div className="k-page-words">
          <h1 className="k-finding" tabIndex={-1}>
            {finding}
          </h1>
          {note && <p className="k-note">{note}</p>}
        </div>
        {(actions || exports) && (
          <div className="k-page-actions k-no-print">
            {exports && (
              <Suspense>
                <ExportMenu {...exports} />
              </Suspense>
            )}
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  )
}

export interface SectionProps {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

export function Section(props: SectionProps) {
  const id = useId()
  return (
    <section className="k-section" aria-labelledby={id}>
      <div className="k-section-head">
        <div>
          <h2 id={id} className="k-section-title">
            {props.title}
          </h2>
          {props.note && <p className="k-section-note">{props.note}</p>}
        </div>
        {props.actions && <div className="k-page-actions k-no-print">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  )
}

/** Main column and a side column of 372 px; below each other where it gets narrow. */
export function Split(props: { main: ReactNode; side: ReactNode }) {
  return (
    <div className="k-split">
      <div>{props.main}</div>
      <div>{props.side}</div>
    </div>
  )
}

/** A bordered ground for what belongs together. */
export function Panel(props: { children: ReactNode; quiet?: boolean }) {
  return <div className={props.quiet ? 'k-panel k-panel-quiet' : 'k-panel'}>{props.children}</div>
}
