import { assertNever } from '../../../shared/assert.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import { isNative } from '../../state/makeRef.ts'
import { runRoute, type Route } from '../../state/route.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { focusGate } from './focusGate.ts'
import type { RunRoute } from './RunPage.tsx'

export type DiagnosisButtonProps = {
  readonly diagnosis: Diagnosis
  readonly detail: RunDetail
  readonly route: RunRoute
  readonly store: RunStore
  /** The one safe default of the screen. */
  readonly isMain: boolean
}

/** What would help. It leads to a plan, a form or evidence; only a waiting attempt is made by pressing it. */
export function DiagnosisButton(props: DiagnosisButtonProps) {
  const { diagnosis, detail, route, store, isMain } = props
  const { go, replace } = useNavigation()
  const { workspace } = useStores()
  const help = helpOf(diagnosis, detail, route)
  if (help.kind === 'none') return null
  const press = () => {
    switch (help.kind) {
      case 'trust':
        return workspace.getState().askTrust(true)
      case 'retry':
        return void store.getState().retryNow(help.step)
      case 'decide':
        replace({ ...route, step: help.step })
        return void requestAnimationFrame(focusGate)
      case 'go':
        return go(help.route)
      default:
        return assertNever(help)
    }
  }
  return (
    <Button
      ref={isMain ? takeFreeFocus : undefined}
      variant={isMain ? 'primary' : 'default'}
      size={isMain ? 'm' : 's'}
      icon={help.icon}
      onClick={press}
    >
      {'label' in help ? help.label : diagnosis.action.label}
    </Button>
  )
}

/** Who came by keyboard finds what would help under the next key; a focus that is somewhere stays there. */
function takeFreeFocus(button: HTMLButtonElement | null) {
  if (document.activeElement === document.body) button?.focus({ preventScroll: true })
}

type Help =
  | { readonly kind: 'none' }
  | { readonly kind: 'trust'; readonly icon: IconName }
  | { readonly kind: 'go'; readonly icon: IconName; readonly route: Route }
  /** What a person can do at a step that waits. */
  | {
      readonly kind: 'retry'
      readonly icon: IconName
      readonly label: string
      readonly step: string
    }
  | {
      readonly kind: 'decide'
      readonly icon: IconName
      readonly label: string
      readonly step: string
    }

function helpOf(diagnosis: Diagnosis, detail: RunDetail, route: RunRoute): Help {
  const { action } = diagnosis
  const atStep = helpAtStep(diagnosis.step, detail)
  if (atStep !== null) return atStep
  const { document } = detail.ref
  const needsMigration = !isNative(detail.ref)
  const isArchived = (detail.archive ?? null) !== null
  switch (action.kind) {
    case 'resume':
    case 'retryNow':
      // An archived run is brought back before it goes on: the header says so.
      if (needsMigration || isArchived) return { kind: 'none' }
      return {
        kind: 'go',
        icon: 'play',
        route: { kind: 'resume', document, from: null, step: action.step },
      }
    case 'repair':
      return { kind: 'go', icon: 'wrench', route: { kind: 'repair', document } }
    case 'migrate':
      return { kind: 'go', icon: 'migrate', route: { kind: 'migrate', document } }
    case 'trust':
      return { kind: 'trust', icon: 'shield' }
    case 'decide':
    case 'openStep':
      return { kind: 'go', icon: 'eye', route: { ...route, step: action.step, tab: 'logs' } }
    case 'openRun':
      return openRun(action.step ?? diagnosis.step, detail)
    case 'upgrade':
    case 'wait':
    case 'none':
      return { kind: 'none' }
    default:
      return assertNever(action.kind)
  }
}

/** A step that waits for a person or for its next attempt, in a run where that can be said. */
function helpAtStep(
  step: string | null,
  { run, liveness, ref, archive = null }: RunDetail,
): Help | null {
  const found = run?.steps.find(({ id }) => id === step)
  if (found?.status !== 'waiting' || !isNative(ref) || archive !== null) return null
  const kind = found.waitingOn?.kind
  if (kind === 'gate') return { kind: 'decide', icon: 'check', label: 'Decide…', step: found.id }
  if (kind === 'retry' && liveness === 'alive')
    return { kind: 'retry', icon: 'refresh', label: 'Retry now', step: found.id }
  return null
}

/** The run that a step waits for. */
function openRun(step: string | null, { run }: RunDetail): Help {
  const waitingOn = run?.steps.find((view) => view.id === step)?.waitingOn
  if (waitingOn?.kind !== 'run') return { kind: 'none' }
  return { kind: 'go', icon: 'arrowRight', route: runRoute(waitingOn.run) }
}
