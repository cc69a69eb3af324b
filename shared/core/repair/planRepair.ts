// The repair room promises a plan that takes the state from what can be proved, says what that loses, and destroys nothing.
import { lostSentence, type LostSteps } from '../../schema/lostSteps.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import { decodeHead } from '../codec/decodeHead.ts'
import { encodeHead } from '../codec/encodeHead.ts'
import { diff } from '../diff/diff.ts'
import { toPatch } from '../diff/toPatch.ts'
import { check } from '../integrity/check.ts'
import type { Finding } from '../integrity/finding.ts'
import { runFindings } from '../reading/runFindings.ts'
import type { Candidate } from './candidate.ts'
import { candidates, chooseCandidate, toSource } from './candidates.ts'
import { damageRanges } from './damageRanges.ts'
import { damageOf, type Damage } from './damageOf.ts'
import { fixPlaces } from './fixPlaces.ts'
import { fixesOf, type PlannedFix } from './fixesOf.ts'
import { lostCheckpoints, withoutCheckpoints } from './lostCheckpoints.ts'
import { lostSteps } from './lostSteps.ts'
import { recommend } from './recommend.ts'
import type { RepairInput } from './repairInput.ts'
import type { RepairOutcome } from './repairOutcome.ts'
import type { RepairPlan } from './repairPlan.ts'
import { salvageFindings } from './salvageFindings.ts'
import { shownChanges } from './shownChanges.ts'
import { shownFindings } from './shownFindings.ts'
import { shownText } from './shownText.ts'
import { futureFindings } from './state/futureRule.ts'
import { mendState, type StateFix } from './state/mendState.ts'
import { notRepaired } from './state/stateRepairs.ts'
import { writesOf } from './writesOf.ts'

export type { RepairOutcome } from './repairOutcome.ts'

/** Plans the repair of a run's two files, and of what the run says against itself. `outcome` is null unless the plan is ready. */
export function planRepair(input: RepairInput): {
  readonly plan: RepairPlan
  readonly outcome: RepairOutcome | null
} {
  if (input.reading.health === 'newer-version') return refused(input, newerProblem(input))
  const findings = allFindings(input)
  const isSound = input.reading.findings.every(({ severity }) => severity === 'info')
  const damage = damageOf(input)
  const all = candidates(input, damage)
  const told = isSound ? betterJournal(input, all) : null
  const best = told ?? chooseCandidate(all, null)
  const chosen = input.source === null ? best : chooseCandidate(all, input.source)
  const isStateOnly =
    isSound && ((input.source === null && told === null) || chosen?.kind === 'head')
  if (isStateOnly && mended(input, input.reading.run).fixes.length === 0)
    return refused(input, whyNothing(findings), findings)

  const fileFixes = chosen === null || isStateOnly ? [] : fixesOf(input, damage, chosen)
  const base = isStateOnly ? input.reading.run : (chosen?.run ?? null)
  const lost = chosen === null || isStateOnly ? null : lostSteps(chosen, damage)
  const files = base === null ? null : outcomeOf(base, damage, { fixes: fileFixes, lost })
  const state = mended(input, files?.run ?? null)
  const stateFixes = state.fixes.map((fix) => stateFix(fix, { chosen, findings }))
  const outcome =
    files === null
      ? null
      : { ...files, isStateOnly, edit: editOf(files.run, state.run, stateFixes) }
  const after = outcome === null ? null : (outcome.edit?.run ?? outcome.run)
  const text = after === null ? null : encodeHead(after, input.sha256)
  const fixes = [...fileFixes, ...stateFixes]

  const problems = [
    ...sourceProblems(input, all, chosen),
    ...rejectionProblems(fileFixes, chosen),
    ...(isStateOnly && outcome?.edit === null
      ? ['Every fix is rejected: nothing would change.']
      : []),
    ...worseProblems(input, after),
    ...textProblems(input, text),
  ]
  const sourceId = isStateOnly ? 'head' : (chosen?.id ?? null)
  const plan: RepairPlan = {
    ...emptyPlan(input, findings),
    sources: all.map((candidate) => toSource(candidate, { damage, all })),
    source: sourceId,
    recommended: recommend(best, all, { isSound, isToldByJournal: told !== null }),
    fixes: fixes.map(({ isOptional: _isOptional, ...fix }) => fix),
    changes: after === null ? [] : shownChanges(currentJson(input), runAsJson(after)),
    proposed: text === null ? null : shownText(text),
    damage: damageRanges(input, damage, fixes),
    places: text === null ? [] : fixPlaces(text, fixes),
    inDoubt: inDoubt(chosen, isStateOnly),
    lost: shownLoss(lost),
    writes: outcome === null ? [] : writesOf(input.document, outcome),
    problems,
    ready: problems.length === 0,
  }
  return { plan, outcome: plan.ready ? outcome : null }
}

/** [R84] Where the head contradicts itself, and the records that it contains do not, the journal says what is true. */
function betterJournal({ reading }: RepairInput, all: readonly Candidate[]): Candidate | null {
  const { run } = reading
  const journal = all.find(({ id }) => id === 'journal')
  if (run === null || !journal?.run || journal.run.journal.seq < run.journal.seq) return null
  return flawsIn(journal.run) < flawsIn(run) ? journal : null
}

function flawsIn(run: Run): number {
  return check(run).filter(({ severity }) => severity !== 'info').length
}

/** The findings of the files, of the run in itself and along its records, and what of a broken head can be read. */
function allFindings(input: RepairInput): readonly Finding[] {
  const { head, journal, reading, document } = input
  return [
    ...runFindings({ id: document, head, journal }, reading),
    ...(input.now === undefined || reading.run === null
      ? []
      : futureFindings(reading.run, input.now)),
    ...salvageFindings(input),
  ]
}

function mended({ rejected, now }: RepairInput, run: Run | null) {
  if (run === null) return { run, fixes: [] }
  return mendState(run, { rejected: new Set(rejected), now: now ?? null })
}

/** What is set right in a state that nothing proves is no more certain than that state. */
function stateFix(
  fix: StateFix,
  by: { readonly chosen: Candidate | null; readonly findings: readonly Finding[] },
): PlannedFix {
  const found = by.findings.find(
    ({ rule, state }) => state === fix.pointer && fix.id.startsWith(`${rule}@`),
  )
  const { file = 'head', offset = null, line = null, column = null } = found ?? {}
  const confidence = by.chosen?.kind === 'salvage' ? 'untrusted' : fix.confidence
  return { ...fix, file, offset, line, column, confidence, isOptional: true }
}

function editOf(
  before: Run,
  after: Run | null,
  fixes: readonly PlannedFix[],
): RepairOutcome['edit'] {
  const accepted = fixes.filter((fix) => fix.accepted)
  if (after === null || accepted.length === 0) return null
  const patch = toPatch(runAsJson(before), diff(runAsJson(before), runAsJson(after)).changes)
  const reason = accepted.map(({ sentence }) => sentence).join(' ')
  return { run: after, patch: [...patch], reason: reason.slice(0, mostReason) }
}

const mostReason = 4000

function inDoubt(chosen: Candidate | null, isStateOnly: boolean): string[] {
  if (isStateOnly) return []
  return (chosen?.doubts?.steps ?? []).slice(0, stepsShown).map(({ step }) => step)
}

function shownLoss(lost: LostSteps | null): RepairPlan['lost'] {
  if (lost === null) return null
  const { maybe, unnamed, records } = lost
  return { maybe: maybe.slice(0, stepsShown), unnamed, records, sentence: lostSentence(lost) }
}

/** A plan is one message: the sentence counts all of them. */
const stepsShown = 200

function outcomeOf(
  run: Run,
  damage: Damage,
  { fixes, lost }: { readonly fixes: readonly PlannedFix[]; readonly lost: LostSteps | null },
): Omit<RepairOutcome, 'isStateOnly' | 'edit'> {
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
    lost,
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
    .map(({ sentence }) => `Nothing can be taken from ${chosen?.id} without this fix: ${sentence}`)
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

/** [R80] No error comes into the run that was not in it. */
function worseProblems({ reading }: RepairInput, after: Run | null): readonly string[] {
  if (after === null || reading.run === null) return []
  const known = new Set(check(reading.run).map(({ rule }) => rule))
  const worse = check(after).find(({ rule, severity }) => severity === 'error' && !known.has(rule))
  if (worse === undefined) return []
  return [`The run would be worse than now: ${worse.sentence} Choose another source.`]
}

/** [R12] [R60] */
function whyNothing(findings: readonly Finding[]): string {
  const told = findings.find(({ severity }) => severity !== 'info')
  if (told === undefined) return 'Nothing is damaged: there is nothing to repair.'
  const why = notRepaired[told.rule] ?? 'Nothing in the run tells what is true.'
  return `Nothing of this can be repaired. ${told.sentence} ${why}`
}

function refused(
  input: RepairInput,
  problem: string,
  findings: readonly Finding[] = input.reading.findings,
) {
  return { plan: { ...emptyPlan(input, findings), problems: [problem] }, outcome: null }
}

function newerProblem({ document, reading }: RepairInput): string {
  return `Run ${document} was written by a newer Unstuck (version ${reading.version}). It is left as it is; repair it there.`
}

function emptyPlan({ document }: RepairInput, findings: readonly Finding[]): RepairPlan {
  return {
    document,
    findings: shownFindings(findings),
    sources: [],
    source: null,
    recommended: null,
    fixes: [],
    changes: [],
    proposed: null,
    damage: [],
    places: [],
    inDoubt: [],
    lost: null,
    writes: [],
    problems: [],
    ready: false,
  }
}

function currentJson({ reading }: RepairInput) {
  return reading.run === null ? null : runAsJson(reading.run)
}
