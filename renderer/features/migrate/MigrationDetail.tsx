import { useState } from 'react'
import type { MigrationCause } from '../../../shared/core/migrate/migrationFailures.ts'
import type { MigrationRow, MigrationView } from '../../../shared/core/migrate/migrationPlan.ts'
import { documentRoute, encodeRoute } from '../../state/route.ts'
import type { Remote } from '../../state/remote.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './MigrationDetail.module.css'
import { MigrationReport } from './MigrationReport.tsx'

export type MigrationDetailProps = {
  readonly row: MigrationRow
  readonly view: Remote<MigrationView>
  readonly onRetry: () => void
}

/** One document before and after, and what each step of the chain changes. */
export function MigrationDetail({ row, view, onRetry }: MigrationDetailProps) {
  return (
    <div className={styles.detail}>
      <section className={styles.pane} aria-label="Before and after">
        {view.kind === 'loading' && <Spinner label="Reading the document" />}
        {view.kind === 'failed' && <ErrorPanel error={view.error} onRetry={onRetry} />}
        {view.kind === 'ready' && <Sides row={row} view={view.value} />}
      </section>
      <MigrationReport row={row} />
    </div>
  )
}

type SidesProps = { readonly row: MigrationRow; readonly view: MigrationView }

function Sides({ row, view }: SidesProps) {
  const mask = useMask()
  const [tab, setTab] = useState<'changes' | 'source' | 'target'>('changes')
  const { changes, total, source, target } = view
  return (
    <Tabs
      label="Before and after"
      tabs={[
        { id: 'changes', label: 'Side by side', count: total },
        { id: 'source', label: `As it is, version ${row.from}` },
        { id: 'target', label: `As it would be, version ${row.to}` },
      ]}
      selected={tab}
      onSelect={setTab}
    >
      {tab === 'source' && <TextPane label="As it is: its text" text={source} />}
      {tab !== 'source' && target === null && (
        <EmptyState
          icon="alert"
          title="It cannot be migrated"
          actions={row.cause === noWholeJson && <a href={encodeRoute(repairOf(row))}>Repair it…</a>}
        >
          What stands in its way is told beside it. Until that is mended it stays as it is.
        </EmptyState>
      )}
      {tab === 'target' && target !== null && (
        <TextPane label="As it would be: its text" text={target} />
      )}
      {tab === 'changes' && target !== null && (
        <ChangeBrowser changes={changes.map(masked(mask))} layout="side" />
      )}
    </Tabs>
  )
}

const noWholeJson: MigrationCause = 'It is no whole JSON.'

function repairOf({ document, from }: MigrationRow) {
  const format = from === 1 ? 'unstuck-v1' : 'unstuck-v2'
  return documentRoute({ document, format, item: null }, 'repair')
}

type TextPaneProps = {
  readonly label: string
  readonly text: { readonly text: string; readonly sizeBytes: number }
}

function TextPane({ label, text }: TextPaneProps) {
  const mask = useMask()
  return (
    <div className={styles.text}>
      <p className={styles.caption}>{formatBytes(text.sizeBytes)}</p>
      <div className={styles.code}>
        <CodeText label={label} text={mask.text(text.text)} wrap />
      </div>
    </div>
  )
}
