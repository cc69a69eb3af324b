import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { rawFiles } from '../../state/route.ts'
import type { RunRoute } from './RunPage.tsx'

/** Where the bytes of a finding are shown; the run as it is shown for one that lies in no file of it. */
export function rawRoute(route: RunRoute, { file, offset }: Finding): RunRoute {
  const shown = rawFiles.find((one) => one === file)
  if (shown === undefined || offset === null) return route
  return { ...route, tab: 'raw', raw: { file: shown, byte: offset } }
}
