import { diagnose } from '../../shared/core/diagnose/diagnose.ts'
import type { Diagnosis } from '../../shared/core/diagnose/diagnosis.ts'
import type { DiagnoseFacts } from '../../shared/core/diagnose/diagnoseFacts.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { readTraces, type OpenedRun } from './openStoredRun.ts'
import type { DocumentKind } from './rowFacts.ts'

export type OpenedDiagnosis = {
  /** Most likely first. */
  readonly diagnoses: readonly Diagnosis[]
  readonly inDoubt: readonly StepId[]
  /** False while a holder or a step's process may change what is said without changing a file of the run. */
  readonly isSettled: boolean
}

/** Why a native run does not move, and which of its steps are in doubt. */
export async function diagnoseOpened(
  context: ServiceContext,
  opened: OpenedRun,
): Promise<OpenedDiagnosis> {
  const { run, reading, liveness, holder } = opened
  const { traces, inDoubt } = await readTraces(context, run, liveness)
  const trusted = await context.trust.isTrusted()
  const diagnoses = diagnose({
    run,
    health: reading.health,
    version: reading.version,
    liveness,
    holder,
    heldHere: holder !== null && context.store.isHeldHere(holder),
    inDoubt,
    traces,
    findings: reading.findings,
    trusted,
    now: context.now(),
    formatLabel: 'Unstuck',
    restedBy: restedBy(opened),
  })
  const isLive = Object.values(traces).some((trace) => trace.kind === 'alive')
  return { diagnoses, inDoubt, isSettled: holder === null && !isLive }
}

/** The same of a document that no host of ours runs. */
export function diagnoseDocument(
  context: ServiceContext,
  kind: DocumentKind,
): readonly Diagnosis[] {
  return diagnose({
    run: kind.run,
    health: kind.health,
    version: kind.version,
    liveness: 'unknown',
    holder: null,
    heldHere: false,
    inDoubt: [],
    traces: {},
    findings: kind.findings,
    trusted: true,
    now: context.now(),
    formatLabel: kind.label,
  })
}

/** Who paused or cancelled it last, as the journal says. */
function restedBy({ stored }: OpenedRun): NonNullable<DiagnoseFacts['restedBy']> | null {
  const last = stored.journal?.records.findLast(
    (item) =>
      item.kind === 'known' &&
      (item.record.type === 'runPaused' || item.record.type === 'runCancelled'),
  )
  if (last?.kind !== 'known') return null
  const { record } = last
  return record.type === 'runPaused' || record.type === 'runCancelled'
    ? { by: record.by, reason: record.reason }
    : null
}
