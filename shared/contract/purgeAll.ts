// The trash emptied of any number of entries, in parts that a message holds.
import type { CancelSignal } from '../cancel.ts'
import { AppError } from '../errors.ts'
import type { BatchProgress, OutcomeRow } from './call.ts'
import type { CallInput, CallOptions, CallOutput, Client } from './contract.ts'

type Calls = Pick<Client, 'call'>
type Plan = CallOutput<'purge.plan'>

/** A plan with all that it names. */
export async function readPurgePlan(
  client: Calls,
  input: CallInput<'purge.plan'>,
  options?: CallOptions<'purge.plan'>,
  again = mostRounds,
): Promise<Plan> {
  const first = await client.call('purge.plan', input, options)
  const { asOf } = first
  let plan = first.plan
  let offset = first.nextOffset
  while (offset !== null) {
    const next: Plan = await client.call('purge.plan', { ...input, asOf, offset }, options)
    // The trash changed between two pages: what is shown then is one moment's, and not two halves.
    if (next.digest !== first.digest) {
      if (again === 0) throw new AppError('stale', 'The trash changes all the time. Try again.')
      return readPurgePlan(client, input, options, again - 1)
    }
    plan = joined(plan, next.plan)
    offset = next.nextOffset
  }
  return { ...first, plan, nextOffset: null }
}

const mostRounds = 3

function joined(one: Plan['plan'], more: Plan['plan']): Plan['plan'] {
  return {
    ...one,
    victims: [...one.victims, ...more.victims],
    waiting: [...one.waiting, ...more.waiting],
    leftPurges: [...one.leftPurges, ...more.leftPurges],
  }
}

type Work = {
  readonly signal?: CancelSignal
  readonly onProgress?: (progress: BatchProgress) => void
}

/** Part after part, until nothing of the plan is left, something failed, or the work is cancelled. */
export async function applyWholePurge(
  client: Calls,
  input: CallInput<'purge.apply'>,
  { signal, onProgress }: Work,
): Promise<CallOutput<'purge.apply'>> {
  const rows: OutcomeRow[] = []
  let freedBytes = 0
  let approval: Pick<Plan, 'rev' | 'digest'> = input
  for (;;) {
    const begun = rows.length
    const part = await client.call(
      'purge.apply',
      { ...input, rev: approval.rev, digest: approval.digest },
      {
        ...(signal === undefined ? {} : { signal }),
        onProgress: ({ done, total, item }) =>
          onProgress?.({ done: begun + done, total: begun + total, item }),
      },
    )
    rows.push(...part.rows)
    freedBytes += part.freedBytes
    const isStuck = part.rows.some(({ outcome }) => outcome !== 'done')
    if (part.left === 0 || isStuck || signal?.aborted === true)
      return { rows, freedBytes, left: part.left }
    const { recent, asOf } = input
    approval = await client.call('purge.plan', { recent, asOf, limit: 1 })
  }
}
