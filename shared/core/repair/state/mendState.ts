// Sets a run right that contradicts itself: one contradiction at a time, and only where no other one comes of it.
import { tokensOf } from '../../../schema/pointer.ts'
import type { Run } from '../../../schema/run.ts'
import type { Breach, IntegrityRule } from '../../integrity/integrityRule.ts'
import { rules } from '../../integrity/rules.ts'
import { stepsOf } from '../../integrity/stepsOf.ts'
import type { RepairFix } from '../repairPlan.ts'
import { futureRule } from './futureRule.ts'
import type { Mended, StateRepair } from './stateRepair.ts'
import { stateRepairs } from './stateRepairs.ts'

export type StateFix = Pick<
  RepairFix,
  'id' | 'rule' | 'sentence' | 'confidence' | 'pointer' | 'accepted' | 'needs' | 'reason'
>

type Rule = Pick<IntegrityRule, 'id' | 'check'>
type Found = { readonly rule: Rule; readonly repair: StateRepair; readonly breach: Breach }

/** More contradictions than this are left to the next repair. */
const mostFixes = 100

/** [R72] The run with every repair that is not rejected, and what each is. */
export function mendState(
  run: Run,
  options: { readonly rejected: ReadonlySet<string>; readonly now: string | null },
): { readonly run: Run; readonly fixes: readonly StateFix[] } {
  const all: readonly Rule[] = options.now === null ? rules : [...rules, futureRule(options.now)]
  const fixes = new Map<string, StateFix>()
  let now = run
  while (fixes.size < mostFixes) {
    const next = nextFix(now, all, fixes)
    if (next === null) break
    const { found, mended } = next
    const id = idOf(now, found)
    const accepted = !options.rejected.has(id)
    const isFirst = accepted && isMendable(run, all, found)
    const earlier = [...fixes.values()].filter((fix) => fix.accepted).map((fix) => fix.id)
    fixes.set(id, {
      id,
      rule: found.repair.rule,
      sentence: mended.sentence,
      confidence: found.repair.confidence,
      pointer: found.breach.pointer,
      accepted,
      needs: isFirst || !accepted ? [] : earlier.slice(-mostNamed),
      reason: `${found.rule.id}: ${found.breach.sentence}`,
    })
    if (accepted) now = mended.run
  }
  return { run: now, fixes: [...fixes.values()] }
}

const mostNamed = 5

/** Items of lists are named by what they are: their places change when one before them goes. */
function idOf(run: Run, { rule, breach }: Found): string {
  const [list, index] = tokensOf(breach.pointer)
  const checkpoint = list === 'checkpoints' ? run.checkpoints[Number(index)] : undefined
  if (checkpoint !== undefined) return `${rule.id}@${checkpoint.id}`
  const decision = list === 'decisions' ? run.decisions[Number(index)] : undefined
  if (decision !== undefined) return `${rule.id}@decision-${decision.seq}-${decision.step}`
  return `${rule.id}@${breach.pointer}${rule.id === 'I21' ? `/${nameIn(breach)}` : ''}`
}

/** All missing steps are missing at one place: told apart by what is said of them. */
function nameIn({ sentence }: Breach): string {
  return / a step (.+), of which/.exec(sentence)?.[1] ?? ''
}

function nextFix(
  run: Run,
  all: readonly Rule[],
  known: ReadonlyMap<string, StateFix>,
): { readonly found: Found; readonly mended: Mended } | null {
  const before = breachesOf(run, all)
  for (const [id, repair] of Object.entries(stateRepairs)) {
    const rule = all.find((one) => one.id === id)
    if (rule === undefined) continue
    for (const breach of before.get(id) ?? []) {
      const found = { rule, repair, breach }
      if (known.has(idOf(run, found))) continue
      const mended = verified(run, all, { found, before })
      if (mended !== null) return { found, mended }
    }
  }
  return null
}

type Breaches = ReadonlyMap<string, readonly Breach[]>

function breachesOf(run: Run, all: readonly Rule[]): Breaches {
  const steps = stepsOf(run)
  return new Map(all.map((rule) => [rule.id, rule.check(run, steps)]))
}

/** [R73] A repair removes what it is for, and nothing else comes of it. */
function verified(
  run: Run,
  all: readonly Rule[],
  { found, before }: { readonly found: Found; readonly before: Breaches },
): Mended | null {
  const mended = found.repair.mend(run, found.breach)
  if (mended === null) return null
  const after = breachesOf(mended.run, all)
  const isGone = count(after) < count(before) && !has(after, found)
  const isNew = [...after].some(([id, { length }]) => length > (before.get(id)?.length ?? 0))
  return isGone && !isNew ? mended : null
}

function has(breaches: Breaches, { rule, breach }: Found): boolean {
  return (breaches.get(rule.id) ?? []).some(
    ({ pointer, sentence }) => pointer === breach.pointer && sentence === breach.sentence,
  )
}

function count(breaches: Breaches): number {
  return [...breaches.values()].reduce((sum, { length }) => sum + length, 0)
}

function isMendable(run: Run, all: readonly Rule[], found: Found): boolean {
  const before = breachesOf(run, all)
  return has(before, found) && verified(run, all, { found, before }) !== null
}
