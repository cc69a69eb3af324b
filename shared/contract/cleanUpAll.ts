// A clean-up of any number of runs, in parts that a message holds.
import type { CancelSignal } from '../cancel.ts'
import type { BatchProgress, OutcomeRow } from './call.ts'
import type { CallInput, CallOptions, CallOutput, Client } from './contract.ts'

type Work = {
  readonly signal?: CancelSignal
  readonly onProgress?: (progress: BatchProgress) => void
}

/** As of a part: with what was not reached left out of the rows, and where it would go on. */
type WholeCleanup = Omit<CallOutput<'cleanup.apply'>, 'rows'> & {
  readonly rows: readonly OutcomeRow[]
}

/** Applies part after part until nothing is left or the work is cancelled. What was not reached has no row then. */
export async function applyWholeCleanup(
  client: Pick<Client, 'call'>,
  input: CallInput<'cleanup.apply'>,
  { signal, onProgress }: Work,
): Promise<WholeCleanup> {
  const rows: OutcomeRow[] = []
  let freedBytes = 0
  let offset: number | null = input.offset ?? 0
  let total = 0
  while (offset !== null) {
    const begun: number = offset
    const part: CallOutput<'cleanup.apply'> = await client.call(
      'cleanup.apply',
      { ...input, offset },
      {
        ...(signal === undefined ? {} : { signal }),
        // Before the first part has come it is known only how long that is.
        onProgress: ({ done, item, total: ofPart }) =>
          onProgress?.({ done: begun + done, total: Math.max(total, begun + ofPart), item }),
      },
    )
    total = part.total
    rows.push(...part.rows)
    freedBytes += part.freedBytes
    offset = part.nextOffset
    if (signal?.aborted === true) break
  }
  return { rows, freedBytes, nextOffset: offset, total }
}

/** The same of a restore. */
export async function restoreAll(
  client: Pick<Client, 'call'>,
  entries: readonly string[],
  { signal, onProgress }: Work,
): Promise<{ readonly rows: readonly OutcomeRow[] }> {
  const rows: OutcomeRow[] = []
  for (let from = 0; from < entries.length; from += partSize) {
    if (from > 0 && signal?.aborted === true) break
    const part = await client.call(
      'cleanup.restore',
      { entries: entries.slice(from, from + partSize) },
      {
        ...(signal === undefined ? {} : { signal }),
        onProgress: ({ done, item }) =>
          onProgress?.({ done: from + done, total: entries.length, item }),
      },
    )
    rows.push(...part.rows)
  }
  return { rows }
}

const partSize = 1_000

/** The trash with every entry, page after page. */
export async function readTrash(
  client: Pick<Client, 'call'>,
  options: Pick<CallOptions<'trash.list'>, 'signal'> = {},
): Promise<CallOutput<'trash.list'>> {
  const first = await client.call('trash.list', {}, options)
  const entries = [...first.entries]
  let offset = first.nextOffset
  while (offset !== null) {
    const page: CallOutput<'trash.list'> = await client.call('trash.list', { offset }, options)
    entries.push(...page.entries)
    offset = page.nextOffset
  }
  return { ...first, entries, nextOffset: null }
}

/** A plan with all its victims. */
export async function readCleanupPlan(
  client: Pick<Client, 'call'>,
  input: CallInput<'cleanup.plan'>,
  options?: CallOptions<'cleanup.plan'>,
): Promise<CallOutput<'cleanup.plan'>> {
  const first = await client.call('cleanup.plan', input, options)
  const victims = [...first.plan.victims]
  const { digest, rev, asOf } = first
  while (victims.length < first.plan.total) {
    const next = { ...input, asOf, digest, rev, offset: victims.length, limit: 1_000 }
    const { plan } = await client.call('cleanup.plan', next, options)
    if (plan.victims.length === 0) break
    victims.push(...plan.victims)
  }
  return { ...first, plan: { ...first.plan, victims } }
}
