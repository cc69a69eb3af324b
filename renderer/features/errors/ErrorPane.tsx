import { useState } from 'react'
import type { ErrorDetail } from '../../../shared/contract/errors.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorCommand } from '../../state/actionCommands.ts'
import type { SaidOfError } from '../../state/errorsStore.ts'
import { groupRoute, resumeRoute } from '../../state/groupRoute.ts'
import { encodeRoute, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import { ErrorBars } from './ErrorBars.tsx'
import { ErrorLog } from './ErrorLog.tsx'
import { ErrorRuns } from './ErrorRuns.tsx'
import { ErrorTries } from './ErrorTries.tsx'
import { ErrorWord } from './ErrorWord.tsx'
import { StandingText } from './StandingText.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorPaneProps = {
  readonly detail: ErrorDetail
  readonly problem: AppError | null
  readonly onDecide: (said: SaidOfError, reason: string | null) => Promise<boolean>
}

/** One error: where it stands and what helps first, then the evidence. */
export function ErrorPane({ detail, problem, onDecide }: ErrorPaneProps) {
  const { id, error, standing, left, runs, step, message, bars, tries, newest } = detail
  const [asking, setAsking] = useState<'resolved' | 'muted' | null>(null)
  const mask = useMask()
  const workspace = useWorkspace()
  const readOnly = workspace?.writable === false ? workspace.readOnlyReason : null
  const barred = { disabled: readOnly !== null, title: readOnly ?? undefined }
  return (
    <aside className={styles.pane} aria-label="Error">
      <header className={styles.head}>
        <ErrorWord standing={standing} />
        <h3 className={styles.title}>{mask.text(error)}</h3>
        <StandingText detail={detail} />
      </header>
      {problem !== null && <ErrorPanel error={problem} />}
      <div className={styles.actions}>
        {left > 0 && (
          <a className={styles.primary} href={encodeRoute(nextRoute(detail))}>
            {standing.state === 'resolved'
              ? `Do the same for the other ${formatCount(left)}`
              : `Go to the ${left === 1 ? 'run' : `${formatCount(left)} runs`}`}
          </a>
        )}
        {standing.state === 'open' ? (
          <>
            <Button size="s" icon="check" {...barred} onClick={() => setAsking('resolved')}>
              Resolve…
            </Button>
            <Button size="s" icon="clock" {...barred} onClick={() => setAsking('muted')}>
              Mute…
            </Button>
          </>
        ) : (
          <Button
            size="s"
            icon="refresh"
            {...barred}
            onClick={() => void onDecide({ kind: 'open' }, null)}
          >
            Reopen
          </Button>
        )}
        <CopyCommand size="s" text={errorCommand('show', id)} />
      </div>
      {bars !== null && <ErrorBars bars={bars} />}
      <Panel title="Seen" look="plain">
        <Facts
          facts={[
            ['First', <TimeText key="at" at={detail.firstAt} />],
            ['Last', <TimeText key="at" at={detail.lastAt} />],
            ['Runs', `${formatCount(runs)} failed like this, ${formatCount(left)} left`],
            ['Step', step],
            ['Workflows', workflowsText(detail)],
          ]}
        />
      </Panel>
      <ErrorTries tries={tries} total={detail.triesTotal} />
      {message !== null && (
        <Panel title="What the newest says" look="plain">
          <pre className={styles.message}>{mask.text(message)}</pre>
        </Panel>
      )}
      {newest !== null && <ErrorLog newest={newest} />}
      <ErrorRuns runs={detail.examples} total={runs} />
      <DecideDialog
        key={asking}
        kind={asking}
        id={id}
        onClose={() => setAsking(null)}
        onDecide={(said, reason) => {
          setAsking(null)
          void onDecide(said, reason)
        }}
      />
    </aside>
  )
}

/** What helped one helps the others: they are resumed together. */
function nextRoute(detail: ErrorDetail): Route {
  const runs = groupRoute(failedRuns, detail)
  return detail.standing.state === 'resolved' ? resumeRoute(runs) : runs
}

const failedRuns = { kind: 'runs', view: 'failed', text: '' } as const

function workflowsText({ workflows }: ErrorDetail): string {
  return workflows
    .map(({ workflow, version, count }) =>
      [workflow ?? 'no workflow', version, `× ${formatCount(count)}`].filter(Boolean).join(' '),
    )
    .join(', ')
}
