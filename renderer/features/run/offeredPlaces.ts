import type { Checkpoint } from '../../../shared/schema/run.ts'
import type { StepView } from '../../../shared/contract/runs.ts'
import type { Offer } from '../../state/offers.ts'
import type { Route } from '../../state/route.ts'
import type { RunRoute } from './RunPage.tsx'

export type OfferedPlaces = {
  readonly route: RunRoute
  readonly steps: readonly StepView[]
  readonly checkpoints: readonly Checkpoint[]
  readonly replace: (route: Route) => void
}

/** Steps and checkpoints of the run that is open, to be found by name; the newest checkpoints first. */
export function offeredPlaces(places: OfferedPlaces): readonly Offer[] {
  const { route, steps, checkpoints, replace } = places
  return [
    ...steps.map(({ id, title, status }): Offer => ({
      kind: 'step',
      id: `step ${id}`,
      title: id,
      note: title === null ? status : `${title} · ${status}`,
      disabled: null,
      run: () => replace({ ...route, step: id }),
    })),
    ...checkpoints.toReversed().map(({ id, name, seq, thinned }): Offer => ({
      kind: 'checkpoint',
      id: `checkpoint ${id}`,
      title: name,
      note: `checkpoint at record ${seq}`,
      disabled: thinned === true ? 'A clean-up thinned it away. Its neighbours open.' : null,
      run: () => replace({ ...route, tab: 'checkpoints', checkpoint: id }),
    })),
  ]
}
