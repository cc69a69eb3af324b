// The repair room promises a plan that takes the state from what can be proved, says what that loses, and destroys nothing.
import { runAsJson, type Run } from '../../schema/run.ts'
import { decodeHead } from '../codec/decodeHead.ts'
import { encodeHead } from '../codec/encodeHead.ts'
import type { Candidate } from './candidate.ts'
import { candidates, chooseCandidate, toSource } from './candidates.ts'
import { damageOf, type Damage } from './damageOf.ts'
import { fixesOf, type PlannedFix } from './fixesOf.ts'
import { lostCheckpoints, withoutCheckpoints } from './lostCheckpoints.ts'
import type { RepairInput } from './repairInput.ts'
import type { RepairOutcome } from './repairOutcome.ts'
import type { RepairPlan } from './repairPlan.ts'
import { shownChanges } from './shownChanges.ts'
import { shownFindings } from './shownFindings.ts'
import { shownText } from './shownText.ts'
import { writesOf } from './writesOf.ts'

export type { RepairOutcome } from './repairOutcome.ts'

/** Plans the repair of a run's two files. `outcome` is null unless the plan is ready. */
export function planRepair(input: RepairInput): {
  readonly plan: RepairPlan
  readonly outcome: RepairOutcome | null
} {
  if (input.reading.health === 'newer-version') return refused(input, newerProblem(input))
  if (input.reading.findings.every(({ severity }) => severity === 'info'))
    return refused(input, 'Nothing is damaged: there is nothing to repair.')

  const damage = damageOf(input)
  const all = candidates(input, damage)
  const chosen = chooseCandidate(all, input.source)
  const fixes = chosen === null ? [] : fixesOf(input, damage, chosen)
  const outcome = chosen?.run ? outcomeOf(chosen.run, damage, fixes) : null
  const text = outcome === null ? null : encodeHead(outcome.run, input.sha256)

  const problems = [
    ...sourceProblems(input, all, chosen),
    ...rejectionProblems(fixes, chosen),
    ...textProblems(input, text),
  ]
  const plan: RepairPlan = {
    ...emptyPlan(input),
    sources: all.map((candidate) => toSource(candidate, damage)),
    source: chosen?.id ?? null,
    fixes: fixes.map(({ isOptional: _isOptional, ...fix }) => fix),
    changes: outcome === null ? [] : shownChanges(currentJson(input), runAsJson(outcome.run)),
    proposed: text === null ? null : shownText(text),
    writes: outcome === null ? [] : writesOf(input.document, outcome),
    problems,
    ready: problems.length === 0,
  }
  return { plan, outcome: plan.ready ? outcome : null }
}

function outcomeOf(run: Run, damage: Damage, fixes: readonly PlannedFix[]): RepairOutcome {
  const { flaws, lostBytes, soundBytes, soundSeq, usedSeq } = damage
  const accepted = new Set(fixes.filter((fix) => fix.accepted).map(({ id }) => id))
  const gone = lostCheckpoints(run, damage).filter(({ id }) => accepted.has(`R10@${id}`))
  const after = Math.max(soundSeq, usedSeq, run.journal.seq)
  const dropped = { fromSeq: soundSeq + 1, toSeq: after, bytes: lostBytes }
  return {
    run: withoutCheckpoints(run, gone),
    cutJournalTo: flaws.length > 0 ? soundBytes : null,
    continueAfterSeq: after > soundSeq ? after : null,
    dropped: after > soundSeq ? dropped : null,
  }
}

function sourceProblems(
  { source }: RepairInput,
  all: readonly Candidate[],
  chosen: Candidate | null,
): readonly string[] {
  if (chosen !== null) return []
  const named = all.find(({ id }) => id === source)
  if (source !== null && named === undefined)
    return [`There is no source "${source}". Choose one of the list.`]
  if (named !== undefined) return [`This source cannot be used. ${named.sentence}`]
  return all.some(({ kind, run }) => kind === 'salvage' && run !== null)
    ? [
        'Nothing is left that can be proved. Choose the unverified head if you know that it is right.',
      ]
    : ['Neither the head, the journal nor a backup can be read. The files stay as they are.']
}

function rejectionProblems(
  fixes: readonly PlannedFix[],
  chosen: Candidate | null,
): readonly string[] {
  return fixes
    .filter(({ accepted, isOptional }) => !accepted && !isOptional)
    .map(
      ({ rule, sentence }) =>
        `Without ${rule} nothing can be taken from ${chosen?.id}: ${sentence}`,
    )
}

/** Nothing is written that could not be read again. */
function textProblems({ sha256 }: RepairInput, text: string | null): readonly string[] {
  if (text === null) return []
  const decoded = decodeHead(text, sha256)
  if (decoded.kind === 'ok') return []
  const why = decoded.kind === 'damaged' ? decoded.findings[0]?.sentence : undefined
  return [
    `The state would still not be valid: ${why ?? 'it does not read back.'} Choose another source.`,
  ]
}

function refused(input: RepairInput, problem: string) {
  return { plan: { ...emptyPlan(input), problems: [problem] }, outcome: null }
}

function newerProblem({ document, reading }: RepairInput): string {
  return `Run ${document} was written by a newer Unstuck (version ${reading.version}). It is left as it is; repair it there.`
}

function emptyPlan({ document, reading }: RepairInput): RepairPlan {
  return {
    document,
    findings: shownFindings(reading.findings),
    sources: [],
    source: null,
    fixes: [],
    changes: [],
    proposed: null,
    writes: [],
    problems: [],
    ready: false,
  }
}

function currentJson({ reading }: RepairInput) {
  return reading.run === null ? null : runAsJson(reading.run)
}
