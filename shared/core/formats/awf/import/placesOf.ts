import type { StepDefinition } from '../../../../schema/workflow.ts'
import { textOf, type AwfDefinition } from '../definition/awfDefinition.ts'
import type { Route, Routes } from './routesOf.ts'

/** By step what it needs, when it runs, and whether its failure is dealt with. */
export function placesOf(
  awf: AwfDefinition,
  routes: Routes,
  uses: ReadonlyMap<string, readonly string[]>,
): (name: string) => Partial<StepDefinition> {
  const ways = waysOf(awf, routes)
  const plain = plainSteps(routes, ways)
  const handled = handledSteps(awf, routes)
  return (name) => {
    const to = ways.get(name) ?? []
    const needs = [...new Set([...to.flatMap((way) => way.needs), ...(uses.get(name) ?? [])])]
    const when = to.map((way) => `(${way.when})`).join(' || ')
    return {
      ...(needs.length === 0 ? {} : { needs: needs as StepDefinition['needs'] }), // checked by the schema with all the rest
      ...(to.length === 0 || plain.has(name) ? {} : { when }),
      ...(handled.has(name) ? { continueOnError: true } : {}),
    }
  }
}

/** By state the ways that lead to it; to a branch lead those of its parallel state. */
function waysOf(
  { states }: AwfDefinition,
  { routes }: Routes,
): ReadonlyMap<string, readonly Route[]> {
  const ways = new Map<string, Route[]>()
  for (const route of routes)
    for (const name of [route.to, ...(states.get(route.to)?.branches ?? [])]) {
      const known = ways.get(name)
      if (known === undefined) ways.set(name, [route])
      else known.push(route)
    }
  return ways
}

/** Steps that run whenever all before them succeed: their needs say it all. A state is reached after those before it. */
function plainSteps(
  { reached, handled }: Routes,
  ways: ReadonlyMap<string, readonly Route[]>,
): ReadonlySet<string> {
  const plain = new Set<string>()
  for (const name of reached) {
    const [way, ...others] = ways.get(name) ?? []
    const isPlain =
      way === undefined ||
      (others.length === 0 &&
        way.by === 'success' &&
        !handled.has(way.from) &&
        way.needs.every((need) => plain.has(need)))
    if (isPlain) plain.add(name)
  }
  return plain
}

function handledSteps({ states }: AwfDefinition, { handled }: Routes): ReadonlySet<string> {
  return new Set([...handled].flatMap((name) => [name, ...(states.get(name)?.branches ?? [])]))
}

/** One state at a time, save the branches of a parallel one. */
export function atOnce({ states }: AwfDefinition, { reached }: Routes): number {
  const widths = reached.flatMap((name) => {
    const state = states.get(name)
    if (state === undefined || state.branches.length === 0) return []
    const limit = Number(textOf(state.fields['max_concurrent']) ?? '0')
    return [limit > 0 ? Math.min(limit, state.branches.length) : state.branches.length]
  })
  return Math.min(256, Math.max(1, ...widths))
}
