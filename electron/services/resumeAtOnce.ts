// What a resume writes before the first step runs, carried out in memory, so that it is seen before it is done.
import type { HandlerInput } from '../../shared/contract/contract.ts'
import { comparableRun } from '../../shared/core/diff/blame.ts'
import { diff } from '../../shared/core/diff/diff.ts'
import { toldChanges } from '../../shared/core/diff/plannedChanges.ts'
import type { ResumePlan } from '../../shared/core/resume/resumePlan.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import type { ResumeMaterial } from './planResumeOf.ts'
import { forkOf } from './startResumeFork.ts'
import { recordsOf } from './startResumeRecords.ts'

type Planned = { readonly made: ResumeMaterial; readonly at: string }

/** [D69] */
export function changesAtOnce(
  context: ServiceContext,
  input: HandlerInput<'resume.plan'>,
  from: Planned,
): ResumePlan['atOnce'] {
  const { plan } = from.made
  if (!goesOn(plan)) return null
  const pair = plan.mode === 'fork' ? forked(context, input, from) : goneOn(context, input, from)
  if (pair === null) return null
  const difference = diff(comparableRun(pair.before), comparableRun(pair.after))
  return toldChanges(difference, mostCharacters)
}

/** A completed run does not, for one, and what is another program's does so only by that program. */
function goesOn({ ready, steps, byProgram }: ResumePlan): boolean {
  if (byProgram) return false
  return ready || steps.some(({ action }) => !isOver.has(action))
}

const isOver: ReadonlySet<ResumePlan['steps'][number]['action']> = new Set([
  'reuse',
  'skip',
  'blocked',
])

type Pair = { readonly before: Run; readonly after: Run }

function goneOn(
  { user }: ServiceContext,
  input: HandlerInput<'resume.plan'>,
  { made, at }: Planned,
): Pair {
  const before = made.latest
  return { before, after: recorded(before, recordsOf(input, made, { by: user }), at) }
}

/** The id and the times of a run that is not made yet are nobody's business: they are those of the run it comes from. */
function forked(
  context: ServiceContext,
  input: HandlerInput<'resume.plan'>,
  { made, at }: Planned,
): Pair | null {
  const before = made.base
  const { id, createdAt, startedAt } = before
  const fork = forkOf(context, input, { made, id, at: createdAt })
  if (fork === null) return null
  const born = { ...fork.run, startedAt, journal: { seq: firstOfFork, sum: '' } }
  return { before, after: recorded(born, [{ type: 'runStarted' }, ...fork.decisions], at) }
}

/** `runCreated`. */
const firstOfFork = 1

function recorded(run: Run, bodies: readonly RecordBody[], at: string): Run {
  const { seq } = run.journal
  const records = bodies.map((body, index) => {
    const record = { ...body, seq: seq + 1 + index, at, epoch: 1, prev: '', sum: '' }
    return { kind: 'known', record } as const
  })
  return replay(records, { from: run }) ?? run
}

/** The steps of the plan go with it in one message. */
const mostCharacters = 100_000
