import type { Finding } from '../../shared/core/integrity/finding.ts'
import { rawFiles, type Route } from './route.ts'

type RunRoute = Route & { readonly kind: 'run' }

/** Where a finding is seen: its bytes, else its value in the state, else the run as it is shown. */
export function findingRoute(route: RunRoute, { file, offset, state }: Finding): RunRoute {
  const shown = rawFiles.find((one) => one === file)
  if (shown !== undefined && offset !== null)
    return { ...route, tab: 'raw', raw: { file: shown, byte: offset } }
  return state === undefined ? route : { ...route, tab: 'state', pointer: state }
}
