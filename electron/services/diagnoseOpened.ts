import { diagnose } from '../../shared/core/diagnose/diagnose.ts'
import type { Diagnosis } from '../../shared/core/diagnose/diagnosis.ts'
import type {
  ChildReason,
  ClockBack,
  DiagnoseFacts,
  Surroundings,
} from '../../shared/core/diagnose/diagnoseFacts.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { childReasons } from './childReasons.ts'
import type { ServiceContext } from './context.ts'
import { readTraces, type OpenedRun } from './openStoredRun.ts'
import type { DocumentKind } from './documentKind.ts'

export type OpenedDiagnosis = {
  /** Most likely first. */
  readonly diagnoses: readonly Diagnosis[]
  readonly inDoubt: readonly StepId[]
  /** By step that waits for another run, why that one does not end. */
  readonly children: Readonly<Record<string, ChildReason>>
  /** False while a holder or a step's process may change what is said without changing a file of the run. */
  readonly isSettled: boolean
}

export type DiagnoseOptions = {
  /** What lies around it: for a run on a screen, not for a row of a list. */
  readonly around?: Surroundings
  /** How many runs wait for this one, each for the next. */
  readonly depth?: number
}

/** Why a native run does not move, and which of its steps are in doubt. */
export async function diagnoseOpened(
  context: ServiceContext,
  opened: OpenedRun,
  { around, depth = 0 }: DiagnoseOptions = {},
): Promise<OpenedDiagnosis> {
  const { run, reading, liveness, holder } = opened
  const { traces, inDoubt } = await readTraces(context, run, liveness)
  const trusted = await context.trust.isTrusted()
  // In a list a run without a holder is not looked at again before its files change: it must not tell of other runs.
  const asksChildren = run !== null && (around !== undefined || holder !== null)
  const children = asksChildren ? await childReasons(context, run, depth) : {}
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
    children,
    clockBack: clockBack(opened),
    ...(around === undefined ? {} : { around }),
  })
  const isLive = Object.values(traces).some((trace) => trace.kind === 'alive')
  return { diagnoses, inDoubt, children, isSettled: holder === null && !isLive }
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

/** The last place where the journal's times go back by more than two clocks may differ. */
function clockBack({ stored }: OpenedRun): ClockBack | null {
  const records = stored.journal?.records ?? []
  const index = records.findLastIndex(({ record }, at) => {
    const before = records[at - 1]?.record.at
    return before !== undefined && Date.parse(before) - Date.parse(record.at) > toleratedMs
  })
  const [before, after] = [records[index - 1]?.record, records[index]?.record]
  if (before === undefined || after === undefined) return null
  return { seq: after.seq, from: before.at, to: after.at }
}

const toleratedMs = 60_000
