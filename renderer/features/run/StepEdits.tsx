import { useStore } from 'zustand'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { whyNotEditable } from './whyNotEditable.ts'
import styles from './StepEdits.module.css'

export type StepEditsProps = { readonly step: StepView; readonly detail: RunDetail }

/** What a person may say of a step: each opens a form, and is staged before it is done. */
export function StepEdits({ step, detail }: StepEditsProps) {
  const { edits } = useStores()
  const ask = useStore(edits, (state) => state.ask)
  const workspace = useWorkspace()
  const why = whyNotMarked(detail) ?? whyNotEditable(detail, workspace)
  const { document } = detail.ref
  return (
    <div className={styles.actions} role="group" aria-label={`Edit the step ${step.id}`}>
      {stepEdits.map(({ kind, label }) => (
        <Button
          key={kind}
          size="s"
          disabled={why !== null}
          title={why ?? undefined}
          onClick={() => ask({ document, step: step.id, kind })}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

const stepEdits = [
  { kind: 'succeed', label: 'Mark succeeded…' },
  { kind: 'fail', label: 'Mark failed…' },
  { kind: 'skip', label: 'Skip…' },
  { kind: 'reset', label: 'Reset…' },
] as const

/** Another engine's step is what its document says. */
function whyNotMarked({ foreign }: RunDetail): string | null {
  return foreign
    ? `A step of ${foreign.engine} is what its document says: change those values in State.`
    : null
}
