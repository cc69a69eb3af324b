// Finds what links the steps of an unknown document: which one needs which, and at which one the run is.
import { pointer } from '../../../schema/pointer.ts'
import type { MappedField, MappedPaths } from '../../../schema/unknownMapping.ts'
import type { TextNode } from '../text/parseText.ts'
import type { Candidate } from './candidates.ts'
import { currentOf } from './currentStep.ts'
import { edgesOf } from './edges.ts'
import { findIn, mostCommon, said } from './findField.ts'
import type { Guess } from './guess.ts'
import type { Item } from './items.ts'
import { nameRank } from './names.ts'
import { namedIn, type StepFinder } from './stepFinder.ts'

export type LinkSource = {
  readonly items: readonly Item[]
  /** Values that stand beside the steps. */
  readonly outside: readonly Candidate[]
  readonly mapped: MappedPaths
  readonly steps: StepFinder
}

/** [F320] A value links steps only where it names steps that are there: a name of a key alone says nothing. */
export function guessLinks(source: LinkSource): readonly Guess[] {
  const ofSteps = guessOfItems(source, 'stepNeeds') ?? guessOfItems(source, 'stepNext')
  const beside = source.mapped.needs === undefined && ofSteps !== null ? null : guessBeside(source)
  return [ofSteps, beside, guessCurrent(source)].filter((one) => one !== null)
}

function guessOfItems(
  { items, mapped, steps }: LinkSource,
  field: 'stepNeeds' | 'stepNext',
): Guess | null {
  const path = mapped[field]
  if (path === null) return null
  if (path !== undefined) return said(field, path)
  const sample = items.slice(0, sampled)
  const found = mostCommon(
    sample.flatMap((item) => findIn(item, field, (node) => namesSteps(node, steps)) ?? []),
  )
  if (found === null) return null
  const key = found.path.slice(found.path.lastIndexOf('/') + 1)
  return {
    field,
    path: found.path,
    confidence: 'likely',
    evidence: `“${key}” is a name for it, and in ${found.count} of ${sample.length} items it names other steps.`,
  }
}

const sampled = 200

/** All that is named is a step. */
function namesSteps(node: TextNode, steps: StepFinder): boolean {
  const names = namedIn(node)
  return names.length > 0 && names.every((name) => steps(name) !== null)
}

/** A list of names by step, or of edges, beside the steps. */
function guessBeside({ outside, mapped, steps }: LinkSource): Guess | null {
  if (mapped.needs === null) return null
  if (mapped.needs !== undefined) return said('needs', mapped.needs)
  const found = outside.find(
    ({ key, node }) => nameRank('needs', key) !== null && edgesOf(node, steps).length > 0,
  )
  if (found === undefined) return null
  const count = edgesOf(found.node, steps).length
  const evidence = `“${found.key}” is a name for it, and ${count} of its pairs are of steps.`
  return { field: 'needs', path: pointer(...found.path), confidence: 'likely', evidence }
}

function guessCurrent({ outside, mapped, items, steps }: LinkSource): Guess | null {
  const field: MappedField = 'current'
  if (mapped.current === null) return null
  if (mapped.current !== undefined) return said(field, mapped.current)
  let best: { readonly rank: number; readonly found: Candidate } | null = null
  for (const candidate of outside) {
    const rank = nameRank(field, candidate.key)
    if (rank === null || candidate.path.length > 3 || (best !== null && rank >= best.rank)) continue
    if (currentOf(candidate, { steps, count: items.length }).length === 0) continue
    best = { rank, found: candidate }
  }
  if (best === null) return null
  const { key, path } = best.found
  const evidence = `“${key}” is a name for it, and it names a step.`
  return { field, path: pointer(...path), confidence: 'likely', evidence }
}
