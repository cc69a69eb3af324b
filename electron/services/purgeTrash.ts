import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { PurgePlan } from '../../shared/contract/upkeep.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { planned, requireApproved } from './planned.ts'

type PurgeInput = HandlerInput<'purge.plan'>
type Entry = PurgePlan['victims'][number]

/** What has expired and may be deleted for good, a page of it. Writes nothing. */
export async function planPurge(
  context: ServiceContext,
  { offset, limit, ...input }: PurgeInput,
): Promise<CallOutput<'purge.plan'>> {
  const whole = await planWholePurge(context, input)
  const { victims, waiting, leftPurges } = whole.plan
  const page = pageOver({ offset, limit })
  const plan = {
    ...whole.plan,
    victims: page(victims),
    waiting: page(waiting),
    leftPurges: page(leftPurges),
  }
  const end = offset + limit
  const total = victims.length + waiting.length + leftPurges.length
  return { ...whole, plan, nextOffset: end < total ? end : null }
}

/** Cuts a page out of lists that stand one behind the other; they are given in their order. */
function pageOver({ offset, limit }: { readonly offset: number; readonly limit: number }) {
  let before = 0
  return <Item>(items: readonly Item[]): Item[] => {
    const from = Math.max(0, offset - before)
    const to = Math.max(0, offset + limit - before)
    before += items.length
    return items.slice(from, to)
  }
}

type WholePlan = Omit<CallOutput<'purge.plan'>, 'nextOffset'>

async function planWholePurge(
  context: ServiceContext,
  input: Pick<PurgeInput, 'recent' | 'asOf'>,
): Promise<WholePlan> {
  const asOf = input.asOf ?? context.now()
  const [entries, leftPurges] = await Promise.all([
    context.store.trashed(),
    context.store.leftPurges(),
  ])
  const plan = { ...choose(entries, { ...input, asOf }), leftPurges: [...leftPurges] }
  // A host notes by itself what has expired: for a person who does not wait for that, nothing changes with it.
  const told = (entry: Entry): Entry => (input.recent ? { ...entry, seenExpiredAt: null } : entry)
  const rev = `sha256:${context.sha256(JSON.stringify([entries.map(told), leftPurges]))}`
  const approved = planned(context, { ...plan, victims: plan.victims.map(told) }, { rev, asOf })
  return { ...approved, plan }
}

/** Deletes what the plan showed, and notes what was found expired, so that it may be deleted a day later. */
export async function applyPurge(
  context: ServiceContext,
  input: HandlerInput<'purge.apply'>,
  options: HandlerOptions<'purge.apply'>,
): Promise<CallOutput<'purge.apply'>> {
  const shown = await planWholePurge(context, input)
  requireApproved(shown, input, 'The trash')
  await noteWaiting(context, shown.plan)
  return purge(context, shown.plan, { ...options, by: context.user, limit: input.limit })
}

/** The same without a person, at most once a day: never anything that was found expired less than a day ago. */
export async function purgeBySchedule(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<CallOutput<'purge.apply'>> {
  const { plan } = await planWholePurge(context, { recent: false, asOf: null })
  await noteWaiting(context, plan)
  await forgetUnexpired(context)
  return purge(context, plan, { signal, progress: () => undefined, by: 'unstuck', limit: Infinity })
}

async function purge(
  context: ServiceContext,
  plan: PurgePlan,
  options: HandlerOptions<'purge.apply'> & { readonly by: string; readonly limit: number },
): Promise<CallOutput<'purge.apply'>> {
  let freedBytes = 0
  const doOne = (item: string, run: string | null, work: () => Promise<number>): BatchRow => ({
    item,
    work: async () => {
      const operation = { call: 'purge.apply', item, run, by: options.by }
      freedBytes += await logged(context, operation, work)
      return run ?? item
    },
  })
  const work = [
    ...plan.leftPurges.map(({ id, run, sizeBytes }) =>
      doOne(id, run, async () => {
        await context.store.finishPurge(id)
        return sizeBytes
      }),
    ),
    ...plan.victims.map(({ id, run }) =>
      doOne(id, run, async () => (await context.store.purgeTrashed(id)).sizeBytes),
    ),
  ]
  const part = work.slice(0, options.limit)
  const rows = await batch(context, { call: 'purge.apply', rows: part, by: options.by }, options)
  return { rows: [...rows], freedBytes, left: work.length - part.length }
}

function choose(
  entries: readonly Entry[],
  { asOf, recent }: { readonly asOf: string; readonly recent: boolean },
): Omit<PurgePlan, 'leftPurges'> {
  const expired = entries.filter(({ expiresAt }) => Date.parse(expiresAt) < Date.parse(asOf))
  const isDue = (entry: Entry): boolean =>
    recent || Date.parse(untilOf(entry, asOf)) <= Date.parse(asOf)
  const victims = expired.filter(isDue)
  return {
    victims,
    sizeBytes: victims.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    waiting: expired
      .filter((entry) => !isDue(entry))
      .map((entry) => ({ entry, until: untilOf(entry, asOf) })),
  }
}

/** A day after it was first found expired; what a clock ahead of ours has noted does not count. */
function untilOf({ seenExpiredAt }: Entry, asOf: string): string {
  const seen = seenExpiredAt === null ? Number.NaN : Date.parse(seenExpiredAt)
  const from = seen <= Date.parse(asOf) ? seen : Date.parse(asOf)
  return new Date(from + dayMs).toISOString()
}

async function noteWaiting(context: ServiceContext, { waiting }: PurgePlan): Promise<void> {
  for (const { entry } of waiting) await context.store.noteExpired(entry.id, { isExpired: true })
}

/** The clock that found it expired was wrong. */
async function forgetUnexpired(context: ServiceContext): Promise<void> {
  const now = Date.parse(context.now())
  for (const { id, expiresAt, seenExpiredAt } of await context.store.trashed()) {
    const isWrong = seenExpiredAt !== null && Date.parse(expiresAt) >= now
    if (isWrong) await context.store.noteExpired(id, { isExpired: false })
  }
}

const dayMs = 24 * 60 * 60 * 1000
