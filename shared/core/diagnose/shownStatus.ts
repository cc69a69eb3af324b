import { definitionLabel } from '../../schema/format.ts'
import type { Liveness } from './diagnosis.ts'

type Judged = {
  readonly health: string
  readonly status: string | null
  readonly liveness: Liveness
  /** What the document is called; left out where it is a run. */
  readonly format?: string
}

/**
 * The word that stands for a run: what is wrong with its file before what the file says, and never "running" without a
 * process that proves it.
 */
export function shownStatus({ health, status, liveness, format }: Judged): string {
  if (health === 'part' && format === definitionLabel) return 'definition'
  if (health !== 'ok') return health
  if (status === 'running' || status === 'waiting') {
    if (liveness === 'interrupted') return 'interrupted'
    if (liveness === 'unknown') return 'said-to-be-running'
  }
  return status ?? 'unknown'
}

/** What a run says of itself, never more than that: only a process that lives proves that it runs. */
export function claimedStatus({ status, liveness }: Omit<Judged, 'health'>): string | null {
  const isClaim = (status === 'running' || status === 'waiting') && liveness !== 'alive'
  return isClaim ? `said to be ${status}` : status
}
