import { useId } from 'react'
import { assertNever } from '../../../shared/assert.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { isFocusFree } from '../../ui/isFocusFree.ts'
import { focusGate } from './focusGate.ts'
import { helpOf, type Help } from './helpOf.ts'
import type { RunRoute } from './RunPage.tsx'
import styles from './DiagnosisPanel.module.css'

export type DiagnosisButtonProps = {
  readonly diagnosis: Diagnosis
  readonly detail: RunDetail
  readonly route: RunRoute
  readonly store: RunStore
  /** Shows who holds the run, and what can be done about it. */
  readonly onLock: () => void
  /** Asks what is what in a document that no engine is known for. */
  readonly onMap: () => void
  /** The one safe default of the screen. */
  readonly isMain: boolean
}

/** What would help. It leads to a plan, a form or evidence; only a waiting attempt is made by pressing it. */
export function DiagnosisButton(props: DiagnosisButtonProps) {
  const { diagnosis, detail, route, store, onLock, onMap, isMain } = props
  const { go, replace } = useNavigation()
  const { workspace: stores } = useStores()
  const workspace = useWorkspace()
  const id = useId()
  const readOnly = workspace?.writable === false ? workspace.readOnlyReason : null
  const help = helpOf(diagnosis, { detail, route, readOnly, isMain })
  if (help === null) return null
  const press = ({ press: what }: Help) => {
    switch (what.kind) {
      case 'trust':
        return stores.getState().askTrust(true)
      case 'retry':
        return void store.getState().retryNow(what.step)
      case 'decide':
        replace({ ...route, step: what.step })
        return void requestAnimationFrame(focusGate)
      case 'lock':
        return onLock()
      case 'map':
        return onMap()
      case 'go':
        return go(what.route)
      default:
        return assertNever(what)
    }
  }
  const { icon, label, refusal, note = refusal } = help
  return (
    <div className={styles.help}>
      <Button
        ref={isMain ? takeFreeFocus : undefined}
        variant={isMain ? 'primary' : 'default'}
        size={isMain ? 'm' : 's'}
        icon={icon}
        disabled={refusal !== null}
        aria-describedby={note === null ? undefined : id}
        title={refusal ?? undefined}
        onClick={() => press(help)}
      >
        {label}
      </Button>
      {note !== null && (
        <p id={id} className={styles.refusal}>
          {note}
        </p>
      )}
    </div>
  )
}

/** Who came by keyboard finds what would help under the next key; a focus that is somewhere stays there. */
function takeFreeFocus(button: HTMLButtonElement | null) {
  if (isFocusFree(document)) button?.focus({ preventScroll: true })
}
