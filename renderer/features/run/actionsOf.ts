import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import type { Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'

export type RunAction = {
  readonly label: string
  readonly icon: IconName
  readonly isWrite: boolean
  readonly route: Route
}

/** What can be done with a run as it is. Each leads to a plan that is shown first. */
export function actionsOf({
  ref,
  health,
  liveness,
  run,
  archive = null,
}: RunDetail): readonly RunAction[] {
  const { document, format } = ref
  // An archived run is brought back before anything else is done with it.
  const isWritten = isNative(ref) && archive === null
  const canResume = isWritten && run !== null && health === 'ok' && liveness !== 'alive'
  const actions: readonly (RunAction | false)[] = [
    canResume && {
      label: run.status === 'completed' ? 'Fork…' : 'Resume…',
      icon: 'play',
      isWrite: true,
      route: { kind: 'resume', document, from: forkFrom(run), step: null },
    },
    isWritten &&
      health === 'damaged' && {
        label: 'Repair…',
        icon: 'wrench',
        isWrite: true,
        route: { kind: 'repair', document },
      },
    health === 'old-version' && {
      label: 'Migrate…',
      icon: 'migrate',
      isWrite: true,
      route: { kind: 'migrate', document },
    },
    run !== null && {
      label: 'Compare…',
      icon: 'compare',
      isWrite: false,
      route: {
        kind: 'compare',
        left: { document, format, checkpoint: run.checkpoints.at(0)?.id ?? null },
        right: { document, format, checkpoint: null },
      },
    },
  ]
  return actions.filter((action) => action !== false)
}

/** What is completed has nothing left to run as it is now: its fork begins at the first checkpoint. */
function forkFrom({ status, checkpoints }: NonNullable<RunDetail['run']>): string | null {
  return status === 'completed' ? (checkpoints.at(0)?.id ?? null) : null
}
