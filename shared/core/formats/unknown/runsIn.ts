// Finds the runs of a document that holds many: `{ "runs": […] }`, `{ "data": { "items": […] } }`, or a list by itself.
import { pointer } from '../../../schema/pointer.ts'
import type { MappedPaths } from '../../../schema/unknownMapping.ts'
import { stringOf, type TextMember, type TextNode } from '../text/parseText.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { findIn, isNamed, mostCommon, said, type NodeTest } from './findField.ts'
import type { Guess } from './guess.ts'
import { countOf, itemsAt, itemsOf, type Item } from './items.ts'
import { isStatusName, nameRank, plainName } from './names.ts'
import { wordAt } from './records.ts'
import { isBareWord, isStatusWord } from './words.ts'

export type StoredRuns = {
  readonly guess: Guess
  /** Each with the name by which it is asked for: no two of them have the same. */
  readonly runs: readonly StoredRun[]
}
export type StoredRun = {
  readonly item: string
  readonly node: TextNode
  /** The word for its status, as it is written. */
  readonly word: string | null
}

/** [F322] Null where it is one run, or none: a list without a name for runs counts only where its items name their runs. */
export function runsIn(root: TextNode, mapped: MappedPaths = {}): StoredRuns | null {
  if (mapped.runs === null) return null
  const guess = mapped.runs === undefined ? guessHolder(root) : said('runs', mapped.runs)
  if (guess === null) return null
  const items = itemsAt(root, guess.path).filter(({ node }) => node.kind === 'object')
  return items.length === 0 ? null : { guess, runs: namedRuns(items, mapped) }
}

function namedRuns(items: readonly Item[], mapped: MappedPaths): readonly StoredRun[] {
  const sample = items.slice(0, sampled)
  const placeOf = (field: 'id' | 'status', test: NodeTest) =>
    mapped[field] !== undefined
      ? mapped[field]
      : mostCommon(sample.flatMap((item) => findIn(item, field, test) ?? []))?.path
  const idPath = placeOf('id', isNamed) ?? null
  const statusPath = placeOf('status', isWord) ?? placeOf('status', isBareWord) ?? null
  const taken = new Set<string>()
  return items.map(({ key, isIndex, node }) => {
    const own = wordAt(node, idPath) ?? (isIndex ? `run ${Number(key) + 1}` : key)
    const item = taken.has(own) ? `${own} (${isIndex ? Number(key) + 1 : key})` : own
    taken.add(item)
    return { item, node, word: wordAt(node, statusPath) }
  })
}

const sampled = 50

function guessHolder(root: TextNode): Guess | null {
  const whole: Candidate = { path: [], key: '', node: root }
  const holders = [whole, ...candidatesOf(root)].filter(
    ({ key, path, node }) =>
      path.length <= 3 &&
      node.kind !== 'scalar' &&
      (nameRank('runs', key) !== null || isPlain(key)),
  )
  const found = holders.find((one) => !isInRun(root, one) && holdsRuns(one))
  if (found === undefined) return null
  const { key, path, node } = found
  const name = nameRank('runs', key) !== null ? `“${key}” is a name for runs, and its` : 'The'
  const [count, shown] = [countOf(node), itemsOf(node).length]
  const cut = count > shown ? ` Only the first ${shown} are looked at.` : ''
  const evidence = `${name} ${count} items have a status of their own.${cut}`
  const confidence = nameRank('runs', key) !== null ? 'likely' : 'possible'
  return { field: 'runs', path: `${pointer(...path)}/*`, confidence, evidence }
}

const isWord: NodeTest = (node) => isStatusWord(stringOf(node) ?? '')

/** Names that say nothing of what is in the list. */
function isPlain(key: string): boolean {
  return key === '' || plainLists.has(plainName(key))
}

const plainLists: ReadonlySet<string> = new Set(
  'items data results records entries content list value values rows objects hits'.split(' '),
)

function holdsRuns({ key, node }: Candidate): boolean {
  const isRunList = nameRank('runs', key) !== null
  if (node.kind === 'object' && !isRunList) return false
  const items = itemsOf(node).slice(0, sampled)
  const objects = items.filter((item) => item.node.kind === 'object')
  if (objects.length === 0 || objects.length < items.length * 0.8) return false
  const runs = objects.filter((item) => isRun(item, isRunList))
  return runs.length * 2 >= objects.length && !areOfOne(objects)
}

function isRun(item: Item, isRunList: boolean): boolean {
  const { node } = item
  if (node.kind !== 'object') return false
  const inside = candidatesOf(node).filter(({ path }) => path.length <= 2)
  const hasStatus = inside.some(
    ({ key, path, node: value }) =>
      (nameRank('status', key) !== null && isWord(value)) ||
      (path.length === 1 && isStatusName(key) && isBareWord(value)),
  )
  const hasSteps = inside.some(({ key, node: value }) => isListOfSteps(key, value))
  if (isRunList) return hasStatus || hasSteps
  const top = node.members.map(({ key }) => plainName(key))
  return hasStatus && !top.some(isStepId) && (hasSteps || top.some(isRunName))
}

/** States of one run, or events of it, name the same id again and again. */
function areOfOne(items: readonly Item[]): boolean {
  const path = mostCommon(items.flatMap((item) => findIn(item, 'id', isNamed) ?? []))?.path ?? null
  const ids = items.flatMap(({ node }) => wordAt(node, path) ?? [])
  return ids.length > 1 && new Set(ids).size * 2 <= ids.length
}

function isListOfSteps(key: string, value: TextNode): boolean {
  return nameRank('steps', key) !== null && itemsOf(value)[0]?.node.kind === 'object'
}

function isStepId(name: string): boolean {
  return /^(?:step|task|node|activity)(?:id|name)$/.test(name)
}

/** A key that only a run has: its id, or its workflow. */
function isRunName(key: string): boolean {
  const id = nameRank('id', key)
  const workflow = nameRank('workflow', key)
  return (id !== null && id <= threadId) || (workflow !== null && workflow <= flowId)
}

const threadId = nameRank('id', 'thread_id') ?? 0
const flowId = nameRank('workflow', 'flow_id') ?? 0

/** A run may have a list of its earlier tries: what is around the list has a status, and says of which run. */
function isInRun(root: TextNode, { path }: Candidate): boolean {
  let node: TextNode | null = root
  for (const key of path) {
    if (node?.kind !== 'object') return false
    const members: readonly TextMember[] = node.members
    const hasStatus = members.some(
      ({ key: own, value }) => nameRank('status', own) !== null && isWord(value),
    )
    if (hasStatus && members.some(({ key: own }) => isRunName(own) || isOwnId(own))) return true
    node = members.findLast((one) => one.key === key)?.value ?? null
  }
  return false
}

function isOwnId(key: string): boolean {
  return plainName(key) === 'id'
}
