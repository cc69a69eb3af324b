// Tells by names and values what of an unknown document could be a run. A guess is never certain, and cheap to correct.
import { pointer } from '../../../schema/pointer.ts'
import type { MappedField, MappedPaths } from '../../../schema/unknownMapping.ts'
import { stringOf, type TextNode } from '../text/parseText.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { said } from './findField.ts'
import { guessSteps } from './guessSteps.ts'
import { momentOf } from './momentOf.ts'
import { isStatusName, nameRank } from './names.ts'
import { isBareWord, isStatusWord } from './words.ts'

export type Guess = {
  readonly field: MappedField
  readonly path: string
  /** A person said so; or how much speaks for it. */
  readonly confidence: 'mapped' | 'likely' | 'possible'
  /** A sentence. */
  readonly evidence: string
}

/** What of a document is what, as far as names and values tell. Never throws, never certain. */
export function guess(root: TextNode, mapped: MappedPaths = {}): readonly Guess[] {
  const candidates = [{ path: [], key: '', node: root }, ...candidatesOf(root)]
  const steps = guessSteps(root, candidates, mapped)
  const holder = steps[0]?.path.replace(/\/\*$/, '') ?? null
  // What lies among the steps is said of one of them.
  const own = candidates.filter(
    ({ path }) => holder === null || !pointer(...path).startsWith(`${holder}/`),
  )
  const current = steps.length === 0 ? currentAlone(own, mapped) : []
  const plain = (Object.keys(tests) as (keyof typeof tests)[]) // a literal's own keys
    .flatMap((field) => best(field, own, tests[field]) ?? [])
  const hasStatus = plain.some(({ field }) => field === 'status')
  const once = withoutDoubles(hasStatus ? plain : [...bareStatus(own), ...plain])
  return [
    ...once.filter(({ field }) => mapped[field] === undefined),
    ...saidOf(mapped),
    ...current,
    ...steps,
  ]
}

function saidOf(mapped: MappedPaths): readonly Guess[] {
  return (Object.entries(mapped) as [MappedField, string | null | undefined][]) // keys of the schema
    .filter(([field]) => !field.startsWith('step') && !isOfSteps.has(field))
    .flatMap(([field, path]) =>
      typeof path === 'string'
        ? [{ field, path, confidence: 'mapped' as const, evidence: 'A person said so.' }]
        : [],
    )
}

const isOfSteps: ReadonlySet<string> = new Set(['current', 'needs'] satisfies MappedField[])

/** [F321] A document that has no steps may still name the one that it is at. */
function currentAlone(
  candidates: readonly Candidate[],
  { current }: MappedPaths,
): readonly Guess[] {
  if (current === null) return []
  if (current !== undefined) return [said('current', current)]
  const found = candidates.find(
    ({ key, path, node }) =>
      path.length <= 2 &&
      isStepName(key) &&
      isBareWord(node) &&
      !isStatusWord(stringOf(node) ?? ''),
  )
  if (found === undefined) return []
  const evidence = `“${found.key}” is a name for it; no steps are told.`
  return [{ field: 'current', path: pointer(...found.path), confidence: 'possible', evidence }]
}

function isStepName(key: string): boolean {
  return nameRank('current', key) !== null && /step|task|node|activity|stage/i.test(key)
}

/** A word that nothing is known of, under a name that says plainly what it is. */
function bareStatus(candidates: readonly Candidate[]): readonly Guess[] {
  const found = candidates.find(
    ({ key, path, node }) => path.length <= 2 && isStatusName(key) && isBareWord(node),
  )
  if (found === undefined) return []
  const evidence = `“${found.key}” is a name for it; nothing is known of its word.`
  return [{ field: 'status', path: pointer(...found.path), confidence: 'possible', evidence }]
}

/** Why a value fits; null when it does not. */
type ValueTest = (node: TextNode) => string | null

const isWord: ValueTest = (node) => {
  const word = stringOf(node)
  return word !== null && isStatusWord(word) ? `“${word}” is a word for a status` : null
}
const isMoment: ValueTest = (node) => {
  const moment = momentOf(node)
  return moment === null ? null : `its value is a time (${moment.written})`
}
const isShort: ValueTest = (node) => {
  if (node.kind !== 'scalar') return null
  const text = stringOf(node) ?? (/^\d/.test(node.lexeme) ? node.lexeme : '')
  return text !== '' && text.length <= 200 ? 'its value is short' : null
}
const isText: ValueTest = (node) => {
  const text = stringOf(node)
  return text === null || text === '' ? null : 'its value is a text'
}
const isError: ValueTest = (node) => {
  if (node.kind === 'object' && node.members.some(({ key }) => /message/i.test(key)))
    return 'it has a message'
  return isText(node)
}

const tests = {
  id: isShort,
  workflow: isText,
  status: isWord,
  createdAt: isMoment,
  startedAt: isMoment,
  updatedAt: isMoment,
  finishedAt: isMoment,
  error: isError,
} as const satisfies { readonly [field in MappedField]?: ValueTest }

/** The outermost of the best names whose value fits. */
function best(field: MappedField, candidates: readonly Candidate[], test: ValueTest): Guess | null {
  let found: { readonly cost: number; readonly guess: Guess } | null = null
  for (const { path, key, node } of candidates) {
    const rank = nameRank(field, key)
    const depth = path.length - 1
    const cost = (rank ?? 0) + depth * depthCost
    if (rank === null || depth > deepestOf(field) || (found !== null && cost >= found.cost))
      continue
    const why = test(node)
    if (why === null) continue
    const isLikely = rank <= plainest && depth <= 1
    const evidence = `“${key}” is a name for it, and ${why}.`
    const confidence = isLikely ? 'likely' : 'possible'
    found = { cost, guess: { field, path: pointer(...path), confidence, evidence } }
  }
  return found?.guess ?? null
}

const depthCost = 20
const plainest = 8

/** Names such as `name` and `message` say less and less the deeper they stand. */
function deepestOf(field: MappedField): number {
  return field === 'workflow' || field === 'error' ? 2 : 3
}

/** One value is one thing: a time that could be two is the first of them, a name is the id before it is the workflow. */
function withoutDoubles(guesses: readonly Guess[]): readonly Guess[] {
  const taken = new Set<string>()
  return guesses.filter(({ path }) => {
    const isNew = !taken.has(path)
    taken.add(path)
    return isNew
  })
}
