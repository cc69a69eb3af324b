import { useStore } from 'zustand'
import { BatchAction } from '../../../shared/schema/batchAction.ts'
import type { RunsList } from '../../state/runsStore.ts'
import { isEmpty } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNotify } from '../../state/useNotify.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ScrollRow } from '../../ui/ScrollRow.tsx'
import { batchText, selectionSentence } from './batchText.ts'
import { CopyList } from './CopyList.tsx'
import { EditSelected } from './EditSelected.tsx'
import { ExportSelected } from './ExportSelected.tsx'
import { ResumeSelected } from './ResumeSelected.tsx'
import styles from './SelectionBar.module.css'

export type SelectionBarProps = { readonly list: RunsList | null }

/** How many are chosen, and what can be done with how many of them. */
export function SelectionBar({ list }: SelectionBarProps) {
  const { selection: store, batch } = useStores()
  const { selection, sum, isReaching, problem, clear, pickMatching } = useStore(store)
  const workspace = useWorkspace()
  const notify = useNotify()
  if (isEmpty(selection)) return null
  const readOnly = workspace?.writable === false ? (workspace.readOnlyReason ?? 'Read-only.') : null
  const isMore = selection.kind === 'rows' && list !== null && selection.rows.size < list.total
  return (
    <section className={styles.bar} aria-label="Selected runs">
      <IconButton icon="close" size="s" label="Select nothing (Esc)" onClick={clear} />
      <output className={styles.sentence}>
        {selectionSentence(selection, sum?.count ?? null)}
        {sum !== null && <span className={styles.quiet}> · {formatBytes(sum.sizeBytes)}</span>}
        {isReaching && <span className={styles.quiet}> · selecting what lies between…</span>}
      </output>
      {isMore && (
        <Button size="s" variant="quiet" onClick={() => pickMatching(list.question)}>
          {`Select all ${formatCount(list.total)} that match`}
        </Button>
      )}
      {problem !== null && (
        <span className={styles.problem} role="alert">
          <Icon name="alert" size={14} /> {problem.message}
        </span>
      )}
      <div className={styles.actions}>
        <ScrollRow role="group" aria-label="With the selected runs">
          <ResumeSelected selection={selection} readOnly={readOnly} />
          {BatchAction.options.map((action) => {
            const able = sum?.able[action] ?? 0
            const text = batchText[action]
            const refusal = readOnly ?? (sum !== null && able === 0 ? text.none : null)
            return (
              <Button
                key={action}
                size="s"
                icon={text.icon}
                aria-disabled={refusal !== null || sum === null}
                title={refusal ?? `${text.label}: shows first what would be done`}
                onClick={() => {
                  if (refusal === null) void batch.getState().prepare(action, selection)
                  else notify('warning', refusal)
                }}
              >
                {able === 0 ? text.label : `${text.label} ${formatCount(able)}`}
              </Button>
            )
          })}
          <EditSelected selection={selection} readOnly={readOnly} />
          <ExportSelected selection={selection} />
          <CopyList selection={selection} />
        </ScrollRow>
      </div>
    </section>
  )
}
