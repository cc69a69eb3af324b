import type { ReactNode } from 'react'
import type { StorageBreakdown } from '../../../shared/contract/upkeep.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StorageBar } from './StorageBar.tsx'
import { StorageTable, type StorageTableRow } from './StorageTable.tsx'
import { storageKinds } from './storageKinds.ts'
import styles from './StorageTab.module.css'

export type StorageViewProps = {
  readonly breakdown: StorageBreakdown
  readonly actions: ReactNode
}

/** One bar of all kinds of files, and what it is made of. */
export function StorageView({ breakdown, actions }: StorageViewProps) {
  const { bytes, files, disk, problems } = breakdown
  const kinds = breakdown.kinds.toSorted((a, b) => b.bytes - a.bytes)
  return (
    <>
      <header className={styles.head}>
        <p className={styles.total}>
          <strong>{formatBytes(bytes)}</strong> in {countOf(files, 'file')}
          {disk !== null && (
            <span className={styles.quiet}>
              {' '}
              · {formatBytes(disk.freeBytes)} of {formatBytes(disk.totalBytes)} free on this disk
            </span>
          )}
        </p>
        {actions}
      </header>
      {problems.length > 0 && (
        <Banner tone="warn" icon="alert">
          {countOf(problems.length, 'place')} could not be counted: {problems[0]?.path}.{' '}
          {problems[0]?.sentence}
        </Banner>
      )}
      {files === 0 ? (
        <EmptyState icon="check" title="Nothing is stored yet">
          The first run of a workflow writes the first files here.
        </EmptyState>
      ) : (
        <>
          <StorageBar kinds={kinds} total={bytes} />
          <div className={styles.tables}>
            <Panel title="By kind of file">
              <StorageTable label="By kind of file" unit="Files" rows={kindRows(kinds, bytes)} />
            </Panel>
            {breakdown.outcomes !== undefined && (
              <Panel title="By outcome">
                <StorageTable
                  label="By outcome"
                  unit="Runs"
                  rows={outcomeRows(breakdown.outcomes)}
                />
              </Panel>
            )}
            <Panel
              title="By workflow"
              count={breakdown.workflows.length + breakdown.rest.workflows}
            >
              <StorageTable label="By workflow" unit="Runs" rows={workflowRows(breakdown)} />
            </Panel>
          </div>
          <p className={styles.quiet}>
            Counted are the sizes of all files below runs, logs and .unstuck. What lies in the trash
            belongs to no workflow any more.
          </p>
        </>
      )}
    </>
  )
}

function kindRows(kinds: StorageBreakdown['kinds'], total: number): readonly StorageTableRow[] {
  return kinds.map(({ kind, files, bytes }) => ({
    key: kind,
    kind,
    name: storageKinds[kind].name,
    hint: storageKinds[kind].hint,
    count: files,
    bytes,
    share: total === 0 ? 0 : bytes / total,
  }))
}

function outcomeRows(
  outcomes: NonNullable<StorageBreakdown['outcomes']>,
): readonly StorageTableRow[] {
  const total = outcomes.reduce((sum, { bytes }) => sum + bytes, 0)
  return outcomes.map(({ status, runs, bytes }) => ({
    key: `outcome ${status ?? ''}`,
    kind: null,
    name: status ?? 'Unknown',
    hint: status ?? 'Files of runs that are not listed, or cannot be read',
    count: runs,
    bytes,
    share: total === 0 ? 0 : bytes / total,
  }))
}

function workflowRows({ workflows, rest }: StorageBreakdown): readonly StorageTableRow[] {
  const total = workflows.reduce((sum, { bytes }) => sum + bytes, rest.bytes)
  const shareOf = (bytes: number) => (total === 0 ? 0 : bytes / total)
  const rows = workflows.map(({ workflow, runs, bytes }) => ({
    key: `workflow ${workflow ?? ''}`,
    kind: null,
    name: workflow ?? 'Unknown',
    hint: workflow ?? 'Files of runs that are not listed, or whose workflow cannot be read',
    count: runs,
    bytes,
    share: shareOf(bytes),
  }))
  if (rest.workflows === 0) return rows
  const name = `${rest.workflows.toLocaleString('en')} others`
  const { runs, bytes } = rest
  const others = { key: 'rest', kind: null, name, hint: name, count: runs, bytes }
  return [...rows, { ...others, share: shareOf(bytes) }]
}

function countOf(amount: number, one: string): string {
  return `${amount.toLocaleString('en')} ${one}${amount === 1 ? '' : 's'}`
}
