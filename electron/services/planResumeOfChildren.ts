import type { HandlerInput } from '../../shared/contract/contract.ts'
import type { ChildRun } from '../../shared/core/resume/resumeInput.ts'
import { splitItem } from '../../shared/core/resume/itemsOf.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { toAppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import { readStoredRun, type OpenedRun } from './openStoredRun.ts'
import { makeResumePlan, type ResumeContext } from './planResumeOf.ts'
import { nativeRef } from './refs.ts'

export type ChildrenOptions = {
  readonly opened: Pick<OpenedRun, 'stored'>
  /** The state that is gone on from. */
  readonly base: Run
  readonly isFork: boolean
  /** How many runs stand above this one. */
  readonly depth: number
}

/**
 * The runs that steps wait for, or waited for until they failed, as they are now, and what a person has to decide before
 * they can go on. A fork goes on with none of them: of those that ended it is only told that they were.
 */
export async function findChildren(
  context: ResumeContext,
  { opened, base, isFork, depth }: ChildrenOptions,
): Promise<Readonly<Record<string, ChildRun>>> {
  if (depth >= deepest) return {}
  const named = namedChildren(opened, base)
  if (isFork)
    return Object.fromEntries(
      named.map(({ step, child }) => [step, { run: child, status: 'ended', open: [] }] as const),
    )
  const found = await mapBounded(named, readAtOnce, ({ child }) =>
    readChild(context, { id: child, parent: base.id, depth }),
  )
  return Object.fromEntries(
    named.flatMap(({ step }, index) => {
      const child = found[index] ?? null
      return child === null ? [] : [[step, child] as const]
    }),
  )
}

function namedChildren(
  { stored }: ChildrenOptions['opened'],
  run: Run,
): readonly { readonly step: string; readonly child: RunId }[] {
  const definitions = run.workflow.definition?.steps ?? {}
  const isOfRun = (step: string) =>
    ownValue(definitions, splitItem(step).base)?.workflow !== undefined
  const open = Object.entries<StepState>(run.steps).filter(
    ([step, { status, waitingOn }]) =>
      (status === 'waiting' && waitingOn?.kind === 'run') ||
      ((status === 'failed' || status === 'cancelled') && isOfRun(step)),
  )
  if (open.length === 0) return []
  const waited = lastWaits(stored)
  const taken = new Set<string>([run.id])
  return open.flatMap(([step, state]) => {
    const child = RunId.safeParse(childOf(state) ?? waited.get(step))
    if (!child.success || taken.has(child.data)) return []
    taken.add(child.data)
    return [{ step, child: child.data }]
  })
}

function childOf({ status, waitingOn, attempts }: StepState): unknown {
  if (status === 'waiting') return waitingOn?.kind === 'run' ? waitingOn.run : null
  return attempts.at(-1)?.error?.['run']
}

/** By step the run that it waited for last: its state does not tell that any more once it has ended. */
function lastWaits({ journal }: OpenedRun['stored']): ReadonlyMap<string, string> {
  const runs = new Map<string, string>()
  for (const item of journal?.records ?? []) {
    if (item.kind !== 'known' || item.record.type !== 'stepWaiting') continue
    const { step, waitingOn } = item.record
    if (waitingOn.kind === 'run') runs.set(step, waitingOn.run)
  }
  return runs
}

/** Null: it has not been created yet, or is no run of this one, whatever its documents say. */
async function readChild(
  context: ResumeContext,
  { id, parent, depth }: { readonly id: RunId; readonly parent: RunId; readonly depth: number },
): Promise<ChildRun | null> {
  try {
    const { run, liveness } = await readStoredRun(context, id)
    if (run === null) return { run: id, status: 'damaged', open: [], problem: damaged }
    if (run.lineage?.relation !== 'child' || run.lineage.parent !== parent) return null
    if (liveness === 'alive' || run.status === 'completed')
      return { run: id, status: run.status, open: [] }
    const { plan } = await makeResumePlan(context, childInput(context, id), depth + 1)
    const open = plan.steps.filter(
      ({ options, decision }) => options.length > 0 && decision === null,
    )
    const names = open.slice(0, mostNamed).map(({ step }) => step)
    return { run: id, status: run.status, open: names, problem: plan.problems[0] ?? null }
  } catch (cause) {
    const { code } = toAppError(cause)
    if (code === 'not-found') return null
    if (code === 'corrupt' || code === 'version-too-new')
      return { run: id, status: 'damaged', open: [], problem: damaged }
    throw cause
  }
}

/** As it is, with all that is recorded of it. */
export function childInput(context: ResumeContext, id: RunId): HandlerInput<'resume.plan'> {
  return {
    ref: nativeRef(context, id),
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
  }
}

const damaged = 'it cannot be read. Repair it first.'
const deepest = 16
const readAtOnce = 4
const mostNamed = 20
