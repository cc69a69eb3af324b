// Finds the steps of an unknown document: a list, or a record, of objects that look like work.
import { isAtOrBelow, pointer, tokensOf } from '../../../schema/pointer.ts'
import type { MappedField, MappedPaths } from '../../../schema/unknownMapping.ts'
import { nodeAt, stringOf, type TextNode } from '../text/parseText.ts'
import type { Candidate } from './candidates.ts'
import type { Guess } from './guess.ts'
import { findIn, isNamed, mostCommon, said, type NodeTest } from './findField.ts'
import { guessLinks } from './guessLinks.ts'
import { countOf, itemsAt, itemsOf, mostItems, type Item } from './items.ts'
import { momentOf } from './momentOf.ts'
import { isStatusName, nameRank } from './names.ts'
import { stepFinder } from './stepFinder.ts'
import { isBareWord, isStatusWord } from './words.ts'

/** The steps first, then what is what in each of them; empty where nothing looks like steps. */
export function guessSteps(
  root: TextNode,
  candidates: readonly Candidate[],
  mapped: MappedPaths,
): readonly Guess[] {
  if (mapped.steps === null) return []
  const steps = mapped.steps === undefined ? guessHolder(candidates) : said('steps', mapped.steps)
  if (steps === null) return []
  const items = itemsAt(root, steps.path)
  const fields = guessFields(items, mapped)
  const idPath = fields.find(({ field }) => field === 'stepId')?.path ?? null
  const holder = steps.path?.replace(/\/\*$/, '') ?? ''
  const outside = candidates.filter(({ path }) => !isAtOrBelow(pointer(...path), holder))
  const finder = stepFinder(items, idPath)
  const links = guessLinks({ items, outside, mapped, steps: finder })
  return [withCut(steps, root), ...fields, ...links]
}

/** [F329] What is left out is said. */
function withCut(steps: Guess, root: TextNode): Guess {
  const holder = nodeAt(root, tokensOf(steps.path.replace(/\/\*$/, '')))
  const count = holder === null ? 0 : countOf(holder)
  if (count <= mostItems) return steps
  const cut = `Only the first ${mostItems} of ${count} are looked at.`
  return { ...steps, evidence: `${cut} ${steps.evidence}` }
}

function guessHolder(candidates: readonly Candidate[]): Guess | null {
  let found: { readonly score: number; readonly guess: Guess } | null = null
  for (const candidate of candidates) {
    const score = scoreOf(candidate)
    if (score.total < 4 || (found !== null && score.total <= found.score)) continue
    const path = `${pointer(...candidate.path)}/*`
    const confidence = score.total >= 6 ? 'likely' : 'possible'
    const guess: Guess = { field: 'steps', path, confidence, evidence: score.evidence }
    found = { score: score.total, guess }
  }
  return found?.guess ?? null
}

/** What speaks for it: its name, status words, times and names in its items. The deeper, the less. */
function scoreOf({ key, path, node }: Candidate): {
  readonly total: number
  readonly evidence: string
} {
  const nothing = { total: 0, evidence: '' }
  if (node.kind === 'scalar') return nothing
  const items = itemsOf(node).slice(0, sampled)
  const objects = items.filter((item) => item.node.kind === 'object')
  if (objects.length === 0 || objects.length < items.length * 0.8) return nothing
  const share = (test: (item: Item) => boolean) => objects.filter(test).length / objects.length
  const words = share((item) => findIn(item, 'stepStatus', isWord) !== null)
  const times = share((item) => findIn(item, 'stepStartedAt', isTime) !== null)
  const named = share((item) => findIn(item, 'stepId', isNamed) !== null)
  const hasName = nameRank('steps', key) !== null
  const total =
    (hasName ? 3 : 0) +
    words * 3 +
    times * 2 +
    (node.kind === 'object' ? 0.5 : named) -
    (path.length - 1) * 0.4
  const facts = [
    hasName ? `“${key}” is a name for steps` : '',
    words > 0 ? `${Math.round(words * 100)} % of its items have a status word` : '',
    times > 0 ? `${Math.round(times * 100)} % have a start time` : '',
  ].filter((fact) => fact !== '')
  return {
    total: words + times + named === 0 ? 0 : total,
    evidence: `${facts.join(', ') || 'Its items have names'}.`,
  }
}

const sampled = 50

const isWord: NodeTest = (node) => isStatusWord(stringOf(node) ?? '')
const isTime: NodeTest = (node) => momentOf(node) !== null
const isText: NodeTest = (node) => (stringOf(node) ?? '') !== ''
const isThere: NodeTest = (node) => node.kind !== 'scalar' || node.lexeme !== 'null'
const isError: NodeTest = (node) => isText(node) || node.kind === 'object'

function bareStatusIn({ node }: Item): readonly string[] {
  if (node.kind !== 'object') return []
  const found = node.members.find(({ key, value }) => isStatusName(key) && isBareWord(value))
  return found === undefined ? [] : [pointer(found.key)]
}

const fieldTests = {
  stepId: isNamed,
  stepStatus: isWord,
  stepStartedAt: isTime,
  stepFinishedAt: isTime,
  stepError: isError,
  stepOutput: isThere,
} as const satisfies { readonly [field in MappedField]?: NodeTest }

function guessFields(all: readonly Item[], mapped: MappedPaths): readonly Guess[] {
  const items = all.slice(0, sampled)
  const fields = Object.keys(fieldTests) as (keyof typeof fieldTests)[] // a literal's own keys
  return fields.flatMap((field): readonly Guess[] => {
    const path = mapped[field]
    if (path === null) return []
    if (path !== undefined) return [said(field, path)]
    if (field === 'stepId' && items.some(({ isIndex }) => !isIndex)) return []
    const paths = items.flatMap((item) => findIn(item, field, fieldTests[field]) ?? [])
    const bare = field === 'stepStatus' && paths.length === 0 ? items.flatMap(bareStatusIn) : []
    const found = mostCommon([...paths, ...bare])
    if (found === null) return []
    const evidence = `${found.count} of ${items.length} items have it there.`
    const isLikely = found.count * 2 >= items.length
    return [{ field, path: found.path, confidence: isLikely ? 'likely' : 'possible', evidence }]
  })
}
