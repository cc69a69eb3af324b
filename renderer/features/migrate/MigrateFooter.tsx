import type { Workspace } from '../../../shared/contract/workspace.ts'
import { migrateCommand } from '../../state/actionCommands.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import styles from './MigratePage.module.css'

export type MigrateFooterProps = {
  /** The only document that is looked at; null: all. */
  readonly document: string | null
  /** Documents that would be migrated, of `total`. */
  readonly count: number
  readonly total: number
  readonly isReady: boolean
  readonly isRefreshing: boolean
  readonly isRunning: boolean
  readonly workspace: Workspace
  readonly onMigrate: () => void
}

export function MigrateFooter(props: MigrateFooterProps) {
  const { document, count, total, isRunning, onMigrate } = props
  const reason = whyNot(props)
  const left = total - count
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={migrateCommand(document)} />
          <Button
            variant="primary"
            icon="migrate"
            busy={isRunning}
            disabled={reason !== null && !isRunning}
            onClick={onMigrate}
          >
            Migrate {countDocuments(count)}
          </Button>
        </>
      }
    >
      <p className={styles.sentence} aria-live="polite">
        {countDocuments(count)} would be migrated
        {left > 0 && `, ${left} cannot be and ${left === 1 ? 'stays' : 'stay'}`}. Originals are
        backed up.
        {reason !== null && <span className={styles.reason}> {reason}</span>}
      </p>
    </ActionBar>
  )
}

function countDocuments(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'document' : 'documents'}`
}

function whyNot(props: MigrateFooterProps): string | null {
  const { count, isReady, isRefreshing, workspace } = props
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (isRefreshing) return 'The plan is being made again.'
  return count === 0 || !isReady ? 'Nothing can be migrated: see the problems.' : null
}
