import { useState } from 'react'
import type { OperationEntry } from '../../../shared/contract/upkeep.ts'
import { operationWords } from '../../../shared/core/operations/operationWords.ts'
import { whyNoUndo } from '../../../shared/core/operations/whyNoUndo.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { undoOperationCommand } from '../../state/actionCommands.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatDuration } from '../../ui/formatDuration.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeOf } from './outcomeOf.ts'
import { SeenFiles } from './SeenFiles.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import styles from './OperationsPage.module.css'

export type OperationPaneProps = {
  readonly operation: OperationEntry
  /** Another one is being taken back. */
  readonly isBusy: boolean
  /** Goes to another operation by its id. */
  readonly onSelect: (id: string) => void
  readonly onUndo: (reason: string | null) => void
}

/** All that the log says of one operation, and the way back. */
export function OperationPane({ operation, isBusy, onSelect, onUndo }: OperationPaneProps) {
  const { id, call, item, run, by, host, application, reason, error, made } = operation
  const [isAsking, setAsking] = useState(false)
  const workspace = useWorkspace()
  const mask = useMask()
  const changes = (operation.changes ?? []).map(masked(mask))
  const why = whyNoUndo(operation)
  const other = (of: string | null | undefined) =>
    of === null || of === undefined ? null : (
      <Button size="s" variant="quiet" onClick={() => onSelect(of)}>
        {of}
      </Button>
    )
  const readOnly = workspace?.writable === false ? workspace.readOnlyReason : null
  return (
    <aside className={styles.pane} aria-label="Operation">
      <header className={styles.head}>
        <h3>{operationWords(call)}</h3>
        <StatusWord {...outcomeOf(operation)} pill />
      </header>
      {error !== null && <p className={styles.error}>{mask.text(error.message)}</p>}
      <Panel title="Requested and observed" look="plain">
        <Facts
          facts={[
            ['On', <Subject key="on" call={call} item={item} run={run} />],
            ['Made', made && <Subject key="made" call={call} item={made} run={null} />],
            ['Why', reason],
            ['Who', host === null ? by : `${by} on ${host}`],
            ['With', application && `Unstuck ${application.version} (${application.host})`],
            ['Requested', <TimeText key="at" at={operation.requestedAt} />],
            ['Observed', operation.observedAt && <TimeText key="at" at={operation.observedAt} />],
            ['Took', tookOf(operation)],
            ['Takes back', other(operation.undoes)],
            ['Taken back by', other(operation.undoneBy)],
            ['Operation', id && <Id key="id" id={id} />],
          ]}
        />
      </Panel>
      <SeenFiles before={operation.before} after={operation.after} />
      {changes.length > 0 && (
        <Panel title="Changes" count={changes.length} look="plain">
          <dl className={styles.changes}>
            {changes.map(({ path, before, after }) => (
              <div key={path}>
                <dt>{path === '' ? 'the whole' : path}</dt>
                <dd>
                  <del>{before ?? 'nothing'}</del> <ins>{after ?? 'nothing'}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      <footer className={styles.foot}>
        {why === null ? (
          <>
            <Button
              icon="undo"
              busy={isBusy}
              disabled={readOnly !== null}
              title={readOnly ?? undefined}
              onClick={() => setAsking(true)}
            >
              Take back…
            </Button>
            <CopyCommand text={undoOperationCommand(id ?? '')} />
          </>
        ) : (
          <p className={styles.why}>{why}</p>
        )}
      </footer>
      <UndoDialog
        open={isAsking}
        operation={operation}
        onClose={() => setAsking(false)}
        onConfirm={(said) => {
          setAsking(false)
          onUndo(said)
        }}
      />
    </aside>
  )
}

/** The run, where it is one of ours; else what it was on, as it is. */
function Subject({ call, item, run }: Pick<OperationEntry, 'call' | 'item' | 'run'>) {
  if (call.startsWith('resume.batch.'))
    return <a href={encodeRoute({ kind: 'batches', batch: item })}>batch {item}</a>
  const id = RunId.safeParse(run ?? item)
  if (!id.success) return <>{item}</>
  return (
    <>
      <a href={encodeRoute(runRoute(id.data))}>{id.data}</a>
      {item !== id.data && ` (${item})`}
    </>
  )
}

function Id({ id }: { readonly id: string }) {
  return (
    <>
      <code>{id}</code> <CopyButton text={id} what="operation id" />
    </>
  )
}

function tookOf({ requestedAt, observedAt }: OperationEntry): string | null {
  if (requestedAt === null || observedAt === null) return null
  return formatDuration(Math.max(0, Date.parse(observedAt) - Date.parse(requestedAt)))
}
