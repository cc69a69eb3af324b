import { StepId } from '../../../schema/ids.ts'
import type { Run } from '../../../schema/run.ts'
import type { StepDefinition } from '../../../schema/workflow.ts'
import { member, membersOf, type TextNode } from '../text/parseText.ts'
import type { StepFacts } from './statusOfFacts.ts'
import { namedIn, wordOf, type StepFinder } from './stepFinder.ts'

/** That a step needs another one, by their places. */
export type Edge = { readonly step: number; readonly needs: number }

/** Edges of steps that are there: `{ "b": ["a"] }`, `[{ "from": "a", "to": "b" }]` or `[["a", "b"]]`. */
export function edgesOf(node: TextNode | null, steps: StepFinder): readonly Edge[] {
  if (node?.kind === 'array')
    return node.items.slice(0, mostEdges).flatMap((item) => edgeOf(item, steps))
  return [...membersOf(node)].flatMap(([key, value]) => {
    const step = steps(key)
    return step === null ? [] : needsIn(value, step, steps)
  })
}

const mostEdges = 20_000

/** What a value names, as needs of a step; a step never needs itself. */
export function needsIn(value: TextNode | null, step: number, steps: StepFinder): readonly Edge[] {
  return namedIn(value).flatMap((name) => {
    const needs = steps(name)
    return needs === null || needs === step ? [] : [{ step, needs }]
  })
}

function edgeOf(item: TextNode, steps: StepFinder): readonly Edge[] {
  const [from, to] =
    item.kind === 'array'
      ? item.items.slice(0, 2).map(wordOf)
      : [wordIn(item, starts), wordIn(item, ends)]
  const needs = from === null || from === undefined ? null : steps(from)
  const step = to === null || to === undefined ? null : steps(to)
  return needs === null || step === null || needs === step ? [] : [{ step, needs }]
}

const starts = ['from', 'source', 'src', 'upstream', 'start', 'parent']
const ends = ['to', 'target', 'dst', 'downstream', 'end', 'child']

function wordIn(item: TextNode, keys: readonly string[]): string | null {
  for (const key of keys) {
    const word = wordOf(member(item, key))
    if (word !== null) return word
  }
  return null
}

/** What is known of the workflow: its steps, and what each needs. */
export function definitionOf(
  name: string,
  steps: readonly StepFacts[],
  edges: readonly Edge[],
): NonNullable<Run['workflow']['definition']> {
  const needs = steps.map(() => new Set<StepId>())
  for (const { step, needs: other } of edges) {
    const id = StepId.safeParse(steps[other]?.id).data
    if (id !== undefined) needs[step]?.add(id)
  }
  const rows = steps.map(({ id, name: title }, index): [string, StepDefinition] => [
    id,
    { title: title.slice(0, 200), needs: [...(needs[index] ?? [])] },
  ])
  return { name, steps: Object.fromEntries(rows) }
}
