import { settingsCommand } from '../../state/settingsCommand.ts'
import type { SettingsState } from '../../state/settingsStore.ts'
import { useMask } from '../../state/useMask.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import styles from './SettingsPage.module.css'

export type SettingsFooterProps = { readonly state: SettingsState; readonly why: string | null }

/** What is staged, and the way from there: discard, preview, apply. */
export function SettingsFooter({ state, why }: SettingsFooterProps) {
  const { staged, action, planning, isPreview, work } = state
  const mask = useMask()
  if (action === null)
    return why === null ? null : (
      <ActionBar>
        <span className={styles.sum}>{why}</span>
      </ActionBar>
    )
  const plan = planning.kind === 'ready' ? planning.planned.plan : null
  const isSettled = planning.kind === 'ready' && !planning.isRefreshing
  const problem = plan?.problems[0] ?? null
  const command = settingsCommand(action)
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={command} shown={mask.text(command)} />
          {isPreview ? (
            <>
              <Button onClick={state.closePreview}>Back</Button>
              <Button
                variant="primary"
                icon="check"
                busy={work.kind === 'running'}
                disabled={plan?.ready !== true || !isSettled}
                onClick={() => void state.apply()}
              >
                {applyWords[action.kind]}
              </Button>
            </>
          ) : (
            <>
              <Button variant="quiet" onClick={state.discard}>
                Discard
              </Button>
              <Button variant="primary" icon="compare" onClick={() => void state.preview()}>
                Preview
              </Button>
            </>
          )}
        </>
      }
    >
      <span className={styles.sum} data-bad={problem !== null || undefined} aria-live="polite">
        {problem ?? sum(action.kind, staged.size)}
      </span>
    </ActionBar>
  )
}

const applyWords = {
  set: 'Apply',
  migrate: 'Migrate',
  import: 'Import',
  restore: 'Put back',
} as const

function sum(kind: keyof typeof applyWords, count: number): string {
  if (kind !== 'set') return 'Nothing is written yet: the file as it is is backed up first.'
  return count === 1 ? '1 change is staged.' : `${count} changes are staged.`
}
