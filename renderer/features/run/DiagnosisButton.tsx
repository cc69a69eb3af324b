import { assertNever } from '../../../shared/assert.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import { isNative } from '../../state/makeRef.ts'
import { runRoute, type Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import type { RunRoute } from './RunPage.tsx'

export type DiagnosisButtonProps = {
  readonly diagnosis: Diagnosis
  readonly detail: RunDetail
  readonly route: RunRoute
  /** The one safe default of the screen. */
  readonly isMain: boolean
}

/** What would help. It leads to a plan or to evidence; nothing is done by pressing it. */
export function DiagnosisButton({ diagnosis, detail, route, isMain }: DiagnosisButtonProps) {
  const { go } = useNavigation()
  const { workspace } = useStores()
  const help = helpOf(diagnosis, detail, route)
  if (help.kind === 'none') return null
  const press = () => {
    if (help.kind === 'trust') workspace.getState().askTrust(true)
    else go(help.route)
  }
  return (
    <Button
      ref={isMain ? takeFreeFocus : undefined}
      variant={isMain ? 'primary' : 'default'}
      size={isMain ? 'm' : 's'}
      icon={help.icon}
      onClick={press}
    >
      {diagnosis.action.label}
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

function helpOf({ action }: Diagnosis, detail: RunDetail, route: RunRoute): Help {
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
    case 'openStep':
      return { kind: 'go', icon: 'eye', route: { ...route, step: action.step, tab: 'logs' } }
    case 'openRun':
      return openRun(action.step, detail)
    case 'upgrade':
    case 'wait':
    case 'none':
      return { kind: 'none' }
    default:
      return assertNever(action.kind)
  }
}

/** The run that a step waits for. */
function openRun(step: string | null, { run }: RunDetail): Help {
  const waitingOn = run?.steps.find((view) => view.id === step)?.waitingOn
  if (waitingOn?.kind !== 'run') return { kind: 'none' }
  return { kind: 'go', icon: 'arrowRight', route: runRoute(waitingOn.run) }
}
