import { useState } from 'react'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TryStepForm } from './TryStepForm.tsx'
import styles from './StepInspector.module.css'

export type TryStepProps = { readonly step: StepView; readonly detail: RunDetail }

/** "Try this step alone…", where it can be; gates and runs of their own cannot. */
export function TryStep({ step, detail }: TryStepProps) {
  const workspace = useWorkspace()
  const [isOpen, setIsOpen] = useState(false)
  const { ref, run } = detail
  if (!isNative(ref) || run === null || notAlone.has(step.kind ?? null)) return null
  const refused =
    workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'The workspace is read-only.')
      : workspace?.trusted === false
        ? 'The workspace is not trusted: a step is executed with your rights.'
        : null
  return (
    <div className={styles.try}>
      <Button
        size="s"
        icon="play"
        disabled={refused !== null}
        title={refused ?? undefined}
        onClick={() => setIsOpen(true)}
      >
        Try it alone…
      </Button>
      <Dialog
        open={isOpen}
        title={`Try ${step.id} alone`}
        onClose={() => setIsOpen(false)}
        size="m"
      >
        <TryStepForm step={step} detail={detail} onClose={() => setIsOpen(false)} />
      </Dialog>
    </div>
  )
}

const notAlone: ReadonlySet<StepView['kind'] | null> = new Set([
  'gate',
  'workflow',
  'function',
  null,
] as const)
