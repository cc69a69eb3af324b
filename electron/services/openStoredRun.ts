import type { Ref } from '../../shared/contract/call.ts'
import type { Health } from '../../shared/contract/runs.ts'
import { deriveLiveness } from '../../shared/core/diagnose/deriveLiveness.ts'
import type { Liveness } from '../../shared/core/diagnose/diagnosis.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { LockHolder, HolderState } from '../../shared/schema/lock.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { StepTrace } from '../../shared/core/resume/resumePlan.ts'
import type { StoredRun } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { gatherTraces } from './gatherTraces.ts'
import { runIdOf } from './refs.ts'

export type OpenedRun = {
  readonly stored: StoredRun
  readonly head: ReturnType<typeof decodeUtf8> | null
  readonly reading: ReturnType<typeof readRun>
  readonly run: Run | null
  readonly holder: LockHolder | null
  readonly holderState: HolderState | null
  readonly liveness: Liveness
  /** As the row shows it: a torn tail or a missing head is damage too, unless a living host is just writing. */
  readonly health: Health
}

/** Reads a run's files, the records behind its head, and who holds it. Never writes. */
export async function openStoredRun(context: ServiceContext, ref: Ref): Promise<OpenedRun> {
  return readStoredRun(context, runIdOf(context, ref))
}

export async function readStoredRun(context: ServiceContext, id: RunId): Promise<OpenedRun> {
  const { stored, holderState } = await readHeld(context, id)
  const holder = stored.holder

  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  const reading = readRun({ id, head, journal: stored.journal }, context.sha256)
  const liveness = deriveLiveness(reading.run, holderState)
  const health = healthOf(reading, liveness)
  return { stored, head, reading, run: reading.run, holder, holderState, liveness, health }
}

type Held = Pick<OpenedRun, 'stored' | 'holderState'>

/** [T174] Who is gone by now may have ended the run, and given it back, after its files were read: then they are read again. */
async function readHeld({ store }: ServiceContext, id: RunId): Promise<Held> {
  const look = async (): Promise<Held> => {
    const stored = await store.read(id)
    const { holder } = stored
    return { stored, holderState: holder === null ? null : await store.holderState(holder) }
  }
  const held = await look()
  return held.holderState === 'gone' ? look() : held
}

function healthOf(reading: OpenedRun['reading'], liveness: Liveness): Health {
  const isWriting = liveness === 'alive'
  const isFlawed = reading.findings.some((finding) => finding.severity === 'warning')
  return reading.health === 'ok' && isFlawed && !isWriting ? 'damaged' : reading.health
}

/** The run of an opened one, or the reason why there is none. */
export function requireRun(opened: OpenedRun): Run {
  requireKnownVersion(opened)
  if (opened.run !== null) return opened.run
  const { reading, stored } = opened
  throw new AppError(
    'corrupt',
    `Run ${stored.id} cannot be read: ${reading.findings[0]?.sentence ?? 'its files are damaged.'} Repair it first.`,
    { run: stored.id, findings: reading.findings.slice(0, 20) },
  )
}

/** A run of a newer version is left as it is: nothing is planned that would write it. */
export function requireKnownVersion({ reading, stored }: OpenedRun): void {
  if (reading.health !== 'newer-version') return
  throw new AppError(
    'version-too-new',
    `Run ${stored.id} was written by a newer version of Unstuck (document version ${reading.version}). It is left as it is; open it with that version.`,
    { run: stored.id, version: reading.version },
  )
}

export type Traces = {
  readonly traces: Readonly<Record<string, StepTrace>>
  readonly inDoubt: readonly StepId[]
}

/** What is known of steps that began and have no result. Nothing is in doubt while the run's owner lives. */
export async function readTraces(
  context: ServiceContext,
  run: Run | null,
  liveness: Liveness,
): Promise<Traces> {
  if (run === null || liveness === 'alive') return { traces: {}, inDoubt: [] }
  const traces = await gatherTraces(context, run)
  const inDoubt = runningSteps(run).filter((step) => traces[step]?.kind === 'gone')
  return { traces, inDoubt }
}

function runningSteps(run: Run): readonly StepId[] {
  const steps = Object.keys(run.steps) as StepId[] // keys of a record whose keys were parsed as StepId
  return steps.filter((step) => run.steps[step]?.status === 'running')
}
