import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import type { DiagnosisAction } from './diagnosis.ts'
import { attemptLog, stepsWith, type StepFacts } from './stepFacts.ts'
import { clip, elapsed, evidence, isOpen, noAction } from './words.ts'

/** Reasons that lie in the machine: its disk and its clock. */
export const placeRules: readonly DiagnosisRule[] = [
  { id: 'G46', find: diskRefuses },
  { id: 'G47', find: clockMoved },
]

const cleanUp: DiagnosisAction = { kind: 'cleanUp', label: 'Make room', step: null }

function diskRefuses(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const { run, around } = facts
  if (!isOpen(run)) return []
  const free = around?.freeBytes ?? null
  const isTight = free !== null && free < tightBytes
  return [
    ...carryProblem(facts),
    ...stepsWith(run, 'failed', 'waiting')
      .filter(ranOutOfDisk)
      .map((found) => diskRow(found, free)),
    ...whenSet(around?.readOnly, (reason) =>
      row('attention', `Nothing can be written here, so the run cannot go on: ${reason}`, {
        known: evidence(['Reason', reason]),
      }),
    ),
    ...whenSet(isTight ? free : null, (bytes) =>
      row('attention', `Only ${megabytes(bytes)} are free on the disk of this workspace.`, {
        known: evidence(['Free', megabytes(bytes)]),
        action: cleanUp,
      }),
    ),
  ]
}

/** [G46] It was carried here, and this process knows why it let go of it. */
function carryProblem({ liveness, around }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (liveness === 'alive') return []
  return whenSet(around?.carryProblem, (problem) =>
    row('stuck', `It was not carried on: ${problem}`, {
      known: evidence(['Problem', problem]),
      ...(fullDisk.test(problem) ? { action: cleanUp } : {}),
    }),
  )
}

function diskRow({ step, ...found }: StepFacts, freeBytes: number | null): DiagnosisRow {
  const isReadOnly = readOnlyDisk.test(errorText(found))
  const why = isReadOnly ? 'was read-only' : 'was full'
  return {
    severity: 'attention',
    sentence: clip(`${step} failed because the disk ${why}.`),
    evidence: evidence(
      ['Error', found.attempt?.error?.message.slice(0, 2000)],
      ['Free now', freeBytes === null ? null : megabytes(freeBytes)],
    ),
    action: isReadOnly ? { kind: 'openStep', label: `Look at ${step}`, step } : cleanUp,
    step,
    log: attemptLog({ step, ...found }, found.attempt),
  }
}

const fullDisk = /\b(?:ENOSPC|EDQUOT)\b|no space left on device|disk quota exceeded/i
const readOnlyDisk = /\bEROFS\b|read-only file system/i

function ranOutOfDisk(found: StepFacts): boolean {
  const text = errorText(found)
  return fullDisk.test(text) || readOnlyDisk.test(text)
}

function errorText({ attempt }: Pick<StepFacts, 'attempt'>): string {
  return `${attempt?.error?.code} ${attempt?.error?.message}`
}

function clockMoved({ run, now, clockBack }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (!isOpen(run)) return []
  const aheadMs = Date.parse(run.updatedAt) - Date.parse(now)
  const history = { kind: 'openHistory', label: 'Look at its records', step: null } as const
  return [
    ...whenSet(aheadMs > toleratedMs ? run.updatedAt : null, (at) =>
      row(
        'attention',
        `Its last change lies ${elapsed(now, at)} ahead: this clock was set back, or another one is ahead.`,
        { known: evidence(['Last change', at], ['This clock', now]), action: history },
      ),
    ),
    ...whenSet(clockBack, ({ seq, from, to }) =>
      row(
        'attention',
        `The clock was set back by ${elapsed(to, from)} before record ${seq} was written.`,
        {
          known: evidence(['Record', seq], ['Before', from], ['After', to]),
          action: history,
        },
      ),
    ),
  ]
}

/** Clocks of two machines that write one folder differ a little. */
const toleratedMs = 120_000
const tightBytes = 64 * 1024 * 1024

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`
}

function whenSet<T>(
  value: T | null | undefined,
  rowOf: (value: T) => DiagnosisRow,
): readonly DiagnosisRow[] {
  return value === null || value === undefined ? [] : [rowOf(value)]
}

function row(
  severity: DiagnosisRow['severity'],
  sentence: string,
  more: { readonly known: DiagnosisRow['evidence']; readonly action?: DiagnosisAction },
): DiagnosisRow {
  const { known, action = noAction } = more
  return { severity, sentence: clip(sentence), evidence: known, action, step: null }
}
