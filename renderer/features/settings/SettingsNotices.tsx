import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { SettingsState } from '../../state/settingsStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { TimeText } from '../../ui/TimeText.tsx'

export type SettingsNoticesProps = {
  readonly state: SettingsState
  readonly workspace: Workspace
  readonly why: string | null
}

/** What is to be known before anything is changed, each with what helps. */
export function SettingsNotices({ state, workspace, why }: SettingsNoticesProps) {
  const { view, work, notice, isPreview, preview, undo } = state
  const shown = view.kind === 'ready' && !isPreview ? view.value : null
  return (
    <>
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      {work.kind === 'done' && (
        <Banner
          tone={work.observed ? 'good' : 'warn'}
          icon={work.observed ? 'check' : 'alert'}
          actions={
            work.backup !== null && (
              <Button size="s" icon="undo" onClick={() => void undo(workspace.id)}>
                Undo
              </Button>
            )
          }
        >
          {doneSentence(work)}
        </Banner>
      )}
      {shown?.isOld === true && (
        <Banner
          tone="warn"
          icon="migrate"
          actions={
            workspace.writable && (
              <Button size="s" onClick={() => void preview({ kind: 'migrate' })}>
                Show the migration
              </Button>
            )
          }
        >
          {why}
        </Banner>
      )}
      {shown !== null && shown.keptSince !== null && (
        <Banner
          tone="warn"
          icon="history"
          actions={
            workspace.writable && (
              <Button size="s" onClick={() => void preview({ kind: 'restore' })}>
                Put them back…
              </Button>
            )
          }
        >
          The settings of <TimeText at={shown.keptSince} /> stay in force until the file can be
          used.
        </Banner>
      )}
    </>
  )
}

function doneSentence({
  observed,
  backup,
}: {
  readonly observed: boolean
  readonly backup: string | null
}): string {
  if (!observed) return 'unstuck.json was written, and changed at once. Look at it again.'
  return backup === null
    ? 'The change was taken back, and read back.'
    : 'unstuck.json was written, and read back. It is in force now, also for runs that go on.'
}
