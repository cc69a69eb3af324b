import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import styles from './TrustDialog.module.css'

export type TrustDialogProps = { readonly open: boolean; readonly onClose: () => void }

export function TrustDialog({ open, onClose }: TrustDialogProps) {
  const { workspace, trustProblem, setTrust } = useStore(useStores().workspace)
  const path = workspace.kind === 'ready' ? (workspace.value.path ?? workspace.value.name) : ''
  return (
    <ConfirmDialog
      open={open}
      title="Trust this workspace?"
      confirm="Trust and allow commands"
      onConfirm={() => void setTrust(true)}
      onClose={onClose}
    >
      <div className={styles.text}>
        <p>
          A run carries the commands of its steps. Resuming one executes them with your rights, even
          when somebody else wrote the file.
        </p>
        <p>
          Trust <code>{path}</code> only if you would run its workflows yourself.
        </p>
        <ul className={styles.list}>
          <li>Allowed by trust: resume, fork, start.</li>
          <li>Always allowed: look, compare, repair, migrate, clean up. They execute nothing.</li>
          <li>The decision is kept on this machine, outside of the folder.</li>
        </ul>
        {trustProblem && <ErrorPanel error={trustProblem} />}
      </div>
    </ConfirmDialog>
  )
}
