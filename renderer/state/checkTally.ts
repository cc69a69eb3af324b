// What was found, rule by rule. Of each rule only the first findings are kept, so that a large workspace fills no memory.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput } from '../../shared/contract/contract.ts'
import { severities, type Finding, type Severity } from '../../shared/core/integrity/finding.ts'

export type CheckedFinding = {
  readonly key: string
  /** As the list names it, or the path of what belongs to no run. */
  readonly item: string
  /** Null: there is nothing to open. */
  readonly ref: Ref | null
  /** Null: it could not be checked, and `sentence` says why. */
  readonly finding: Finding | null
  readonly sentence: string
}

export type CheckedRule = {
  /** Its id; `unchecked` stands for what could not be checked. */
  readonly rule: string
  readonly severity: Severity
  /** What has to be true, and what can be done where it is not; null: each finding says it. */
  readonly says: RuleWords | null
  readonly count: number
  /** How many runs, documents and files have it. */
  readonly items: number
  /** The first of them. */
  readonly findings: readonly CheckedFinding[]
}

export type RuleWords = { readonly sentence: string; readonly remedy: string | null }

type Group = Pick<CheckedRule, 'rule' | 'severity'> & {
  count: number
  items: number
  last: string | null
  readonly findings: CheckedFinding[]
}

export type CheckTally = {
  checked: number
  flawed: number
  untold: number
  readonly groups: Map<string, Group>
  readonly words: Map<string, RuleWords>
}

type Page = CallOutput<'run.checkAll'>

const mostKept = 500

export function emptyTally(): CheckTally {
  return { checked: 0, flawed: 0, untold: 0, groups: new Map(), words: new Map() }
}

export function addPage(tally: CheckTally, { items, around, rules = [] }: Page): void {
  for (const { id, sentence, remedy } of rules) tally.words.set(id, { sentence, remedy })
  for (const { item, ref, findings, problem, counts } of items) {
    tally.checked += 1
    if (problem !== null)
      addTo(tally, { rule: 'unchecked', severity: 'error' }, { item, ref, sentence: problem })
    for (const finding of findings)
      addTo(tally, finding, { item, ref, finding, sentence: finding.sentence })
    if (problem !== null || findings.length > 0) tally.flawed += 1
    const told = severities.reduce((sum, one) => sum + (counts[one] ?? 0), 0)
    tally.untold += told - findings.length
  }
  for (const { path, finding } of around)
    addTo(tally, finding, { item: path, ref: null, finding, sentence: finding.sentence })
}

type Told = Omit<CheckedFinding, 'key' | 'finding'> & { readonly finding?: Finding }

function addTo(
  { groups }: CheckTally,
  { rule, severity }: Pick<Group, 'rule' | 'severity'>,
  told: Told,
): void {
  const empty = { count: 0, items: 0, last: null, findings: [] }
  const group: Group = groups.get(rule) ?? { ...empty, rule, severity }
  groups.set(rule, group)
  group.count += 1
  if (group.last !== told.item) group.items += 1
  group.last = told.item
  if (group.findings.length >= mostKept) return
  group.findings.push({ finding: null, ...told, key: `${group.findings.length}` })
}

/** The worst first, then the most frequent. */
export function groupsOf({ groups, words }: CheckTally): readonly CheckedRule[] {
  return [...groups.values()]
    .map(({ last: _last, ...group }) => ({ ...group, says: words.get(group.rule) ?? null }))
    .toSorted(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        other.count - one.count ||
        (one.rule < other.rule ? -1 : 1),
    )
}
