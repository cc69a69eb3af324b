import { mentionsOf, type Reference } from '../expression/references.ts'
import { referencesOfTemplate } from '../expression/referencedSteps.ts'
import type { Json } from '../../schema/json.ts'
import { pointer as pointerTo } from '../../schema/pointer.ts'
import type { RecordedDefinition } from '../../schema/workflow.ts'

/** What a step looks at, or what came of it. */
export type NamedUse = {
  readonly kind: 'input' | 'variable' | 'step' | 'item' | 'run' | 'output' | 'file'
  /** As an expression says it; of a file its path. */
  readonly name: string
  /** Where it stands in the state; null: nowhere. */
  readonly pointer: string | null
}

type Definition = Pick<RecordedDefinition, 'steps'>
type Step = RecordedDefinition['steps'][keyof RecordedDefinition['steps']]

/** What the expressions of a step look at, then the steps it needs without looking at them, then files that it names. */
export function readsOf(
  step: string,
  definition: Definition,
  defined: string,
): readonly NamedUse[] {
  const own = definition.steps[defined as keyof Definition['steps']] // a missing one is undefined
  if (own === undefined) return []
  const read = referencesIn(own).flatMap((reference) => useOf(reference, step) ?? [])
  const names = read.map(({ pointer }) => pointer ?? '')
  const needs = (own.needs ?? [])
    .map((need) => ({ kind: 'step', name: need, pointer: pointerTo('steps', need) }) as const)
    .filter(({ pointer }) => !names.some((name) => name.startsWith(`${pointer}/`)))
  return unique([...read, ...needs, ...filesOf(own, defined)])
}

/** What the output of a workflow looks at. */
export function readsOfTemplate(template: Json): readonly NamedUse[] {
  return unique(referencesOfTemplate(template).flatMap((reference) => useOf(reference, '') ?? []))
}

/** Its output stands in the state, whether or not anything came of it yet. */
export function writesOf(step: string): readonly NamedUse[] {
  const name = `steps.${step}.output`
  return [{ kind: 'output', name, pointer: pointerTo('steps', step, 'output') }]
}

function referencesIn(step: Step): readonly Reference[] {
  const { title: _, needs: __, ...evaluated } = step
  const { when, forEach, wait } = step
  const items = isPlain(forEach) ? forEach['items'] : forEach
  const moments = isPlain(wait) ? [wait['for'], wait['until']] : []
  const bare = [when, items, ...moments].filter((one) => typeof one === 'string')
  return [
    ...referencesOfTemplate(evaluated as Json), // it was read from JSON
    ...bare.flatMap((text) => mentionsOf(text)?.references ?? []),
  ]
}

/** A part that only the evaluation tells ends the path: what it stands in is named. */
function useOf({ root, path }: Reference, step: string): NamedUse | null {
  const open = path.indexOf(null)
  const known = path.slice(0, open === -1 ? path.length : open).filter((one) => one !== null)
  const kind = kinds[root]
  if (kind === undefined) return null
  return { kind, name: [root, ...known].join('.'), pointer: placeOf(root, known, step) }
}

const kinds: { readonly [root: string]: NamedUse['kind'] | undefined } = {
  inputs: 'input',
  variables: 'variable',
  steps: 'step',
  item: 'item',
  run: 'run',
}

function placeOf(root: string, path: readonly string[], step: string): string | null {
  if (root === 'item') return pointerTo('steps', step, 'item', ...path)
  if (root !== 'run') return pointerTo(root, ...path)
  const [field] = path
  if (field === 'id') return pointerTo('id')
  if (field === 'workflow') return pointerTo('workflow', 'name')
  return field === 'version' ? pointerTo('workflow', 'version') : null
}

function filesOf(step: Step, defined: string): readonly NamedUse[] {
  const fields = ['module', 'workflow', 'workingFolder'] as const
  return fields.flatMap((field) => {
    const path = step[field]
    if (path === undefined) return []
    const pointer = pointerTo('workflow', 'definition', 'steps', defined, field)
    return [{ kind: 'file', name: path, pointer } as const]
  })
}

function unique(uses: readonly NamedUse[]): readonly NamedUse[] {
  return [...new Map(uses.map((use) => [`${use.kind} ${use.name}`, use])).values()]
}

function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
