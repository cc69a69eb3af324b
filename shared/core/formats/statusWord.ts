import type { FormatReading } from './format.ts'

/**
 * The status of a row: one of our words where the engine's word is one of those that engines use, else the word as it is
 * written. What a format takes an unknown word for is its guess, and never shown as what the document says.
 */
export function statusWord({ said, run }: Pick<FormatReading, 'said' | 'run'>): string | null {
  if (said.status === null) return run?.status ?? null
  const isKnown = known.has(said.status.toLowerCase())
  return isKnown && run !== null ? run.status : said.status
}

/** [F193] Words of the engines that Unstuck knows, in lower case. */
const known: ReadonlySet<string> = new Set([
  'pending',
  'created',
  'queued',
  'dispatched',
  'running',
  'active',
  'in_progress',
  'waiting',
  'paused',
  'blocked',
  'failed',
  'failure',
  'error',
  'submit-failed',
  'cancel-requested',
  'completed',
  'complete',
  'success',
  'succeeded',
  'done',
  'terminated',
  'cancelled',
  'canceled',
  'aborted',
  'abandoned',
])
