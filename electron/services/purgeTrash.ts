import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { PurgePlan } from '../../shared/contract/upkeep.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { planned, requireApproved } from './planned.ts'

type PurgeInput = HandlerInput<'purge.plan'>
type Entry = PurgePlan['victims'][number]

/** What has expired and may be deleted for good. Writes nothing. */
export async function planPurge(
  context: ServiceContext,
  input: PurgeInput,
): Promise<CallOutput<'purge.plan'>> {
  const asOf = input.asOf ?? context.now()
  const [entries, leftPurges] = await Promise.all([
    context.store.trashed(),
    context.store.leftPurges(),
  ])
  const plan = { ...choose(entries, { ...input, asOf }), leftPurges: [...leftPurges] }
  const rev = `sha256:${context.sha256(JSON.stringify([entries, leftPurges]))}`
  return planned(context, plan, { rev, asOf })
}

/** Deletes what the plan showed, and notes what was found expired, so that it may be deleted a day later. */
export async function applyPurge(
  context: ServiceContext,
  input: HandlerInput<'purge.apply'>,
  options: HandlerOptions<'purge.apply'>,
): Promise<CallOutput<'purge.apply'>> {
  const shown = await planPurge(context, input)
  requireApproved(shown, input, 'The trash')
  await noteWaiting(context, shown.plan)
  return purge(context, shown.plan, { ...options, by: context.user })
}

/** The same without a person, at most once a day: never anything that was found expired less than a day ago. */
export async function purgeBySchedule(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<CallOutput<'purge.apply'>> {
  const { plan } = await planPurge(context, { recent: false, asOf: null })
  await noteWaiting(context, plan)
  await forgetUnexpired(context)
  return purge(context, plan, { signal, progress: () => undefined, by: 'unstuck' })
}

async function purge(
  context: ServiceContext,
  plan: PurgePlan,
  options: HandlerOptions<'purge.apply'> & { readonly by: string },
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
  const rows = await batch(context, { call: 'purge.apply', rows: work, by: options.by }, options)
  return { rows: [...rows], freedBytes }
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
