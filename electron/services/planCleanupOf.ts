// Plans a clean-up from the index, and remembers it, so that further pages and its apply are about the very same plan.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { readCleanupPlan } from '../../shared/contract/cleanUpAll.ts'
import type { CleanupEntry } from '../../shared/core/cleanup/cleanupEntry.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import {
  findThinnable,
  planChosen,
  planCleanup,
  type Thinning,
} from '../../shared/core/cleanup/planCleanup.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { placeOfRun, readCleanupEntries } from './cleanupEntries.ts'
import { readRowsWhole } from './listing/refreshRows.ts'
import { planned, type Planned } from './planned.ts'
import { rememberPlan } from './shownPlans.ts'
import { lookForThinning } from './thinRun.ts'

type CleanupInput = Pick<HandlerInput<'cleanup.plan'>, 'policy' | 'runs' | 'asOf'>
type Options = HandlerOptions<'cleanup.plan'>

/** [X38] The plan as it can be sent: a page of its victims. The rest of a plan that was shown is given from memory. */
export async function planCleanupOf(
  context: ServiceContext,
  input: HandlerInput<'cleanup.plan'>,
  options: Options,
): Promise<CallOutput<'cleanup.plan'>> {
  if (context.rowsElsewhere !== undefined) return context.rowsElsewhere.planCleanup(input, options)
  const shown = remembered(context, input) ?? (await makePlan(context, input, options))
  rememberPlan(context, shown)
  return pageOf(shown, input)
}

/** All of it, as it is now. */
export async function planWholeCleanup(
  context: ServiceContext,
  input: CleanupInput,
  options: Options,
): Promise<Planned<CleanupPlan>> {
  const { rowsElsewhere } = context
  if (rowsElsewhere === undefined) return makePlan(context, input, options)
  return readCleanupPlan(clientOf(rowsElsewhere, options), asked(input))
}

/** [X38] All of the plan that was shown under this digest; null when nobody knows it any more. */
export async function recallCleanup(
  context: ServiceContext,
  input: CleanupInput & { readonly digest: string; readonly rev: string },
  options: Options,
): Promise<CleanupPlan | null> {
  const here = context.shownPlans.get(input.digest)
  if (here !== undefined) return 'victims' in here ? here : null
  const { rowsElsewhere } = context
  if (rowsElsewhere === undefined) return null
  const { digest, rev } = input
  const found = await readCleanupPlan(clientOf(rowsElsewhere, options), {
    ...asked(input),
    digest,
    rev,
  })
  return found.digest === digest ? found.plan : null
}

function asked({ policy, runs, asOf }: CleanupInput) {
  return { policy, asOf, ...(runs === undefined ? {} : { runs }) }
}

type Elsewhere = NonNullable<ServiceContext['rowsElsewhere']>

function clientOf(elsewhere: Elsewhere, options: Options): Parameters<typeof readCleanupPlan>[0] {
  return {
    call: (_name, input) =>
      elsewhere.planCleanup(input as HandlerInput<'cleanup.plan'>, options) as never, // only this call is made of it
  }
}

function remembered(
  context: ServiceContext,
  { digest, rev, asOf }: HandlerInput<'cleanup.plan'>,
): Planned<CleanupPlan> | null {
  if (digest === null || rev === null || asOf === null) return null
  const plan = context.shownPlans.get(digest)
  return plan !== undefined && 'victims' in plan ? { plan, digest, rev, asOf } : null
}

function pageOf(
  shown: Planned<CleanupPlan>,
  { offset, limit }: Pick<HandlerInput<'cleanup.plan'>, 'offset' | 'limit'>,
): Planned<CleanupPlan> {
  const victims: CleanupVictim[] = []
  let characters = 0
  for (const victim of shown.plan.victims.slice(offset, offset + limit)) {
    characters += JSON.stringify(victim).length
    if (characters > mostCharacters && victims.length > 0) break
    victims.push(victim)
  }
  return { ...shown, plan: { ...shown.plan, victims } }
}

// A message has at most a million bytes, and a character up to three of them.
const mostCharacters = 300_000

async function makePlan(
  context: ServiceContext,
  input: CleanupInput,
  options: Options,
): Promise<Planned<CleanupPlan>> {
  const asOf = input.asOf ?? context.now()
  const chosen = input.runs ? new Set(input.runs) : null
  const choose = (
    entries: readonly CleanupEntry[],
    thinnings?: ReadonlyMap<string, Thinning>,
  ): CleanupPlan =>
    chosen === null
      ? planCleanup(entries, input.policy, asOf, thinnings)
      : planChosen(entries, chosen)
  const { entries, plan: first } = await planVerified(context, choose, options)
  const thinnable = chosen === null ? findThinnable(entries, input.policy, asOf) : []
  const thinnings = await lookForThinning(context, thinnable, {
    ...options,
    every: input.policy.thin?.every ?? null,
  })
  const plan = thinnings.size === 0 ? first : choose(entries, thinnings)
  const revisions = plan.victims.map(({ run, rev }) => `${run} ${rev}`)
  const rev = `sha256:${context.sha256(revisions.join('\n'))}`
  return planned(context, plan, { rev, asOf })
}

/**
 * [K14] Where few are chosen, all of each was read: one that turns out to be damaged stays. Of many each is read under its
 * lock before it goes.
 */
async function planVerified(
  context: ServiceContext,
  choose: (entries: readonly CleanupEntry[]) => CleanupPlan,
  { signal }: Options,
): Promise<{ readonly entries: readonly CleanupEntry[]; readonly plan: CleanupPlan }> {
  for (;;) {
    throwIfCancelled(signal, 'Looking for runs to clean up')
    const entries = await readCleanupEntries(context, signal)
    const plan = choose(entries)
    const unread =
      plan.total > fewVictims
        ? []
        : plan.victims
            .map(({ run }) => placeOfRun(context, run))
            .filter((place) => place !== -1 && !context.index.rows.stateAt(place).isVerified)
    if (unread.length === 0) return { entries, plan }
    await readRowsWhole(context, unread, signal)
  }
}

const fewVictims = 200
