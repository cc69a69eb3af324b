import { listOf, textOf, type AwfDefinition, type AwfStateDefinition } from './awfDefinition.ts'

/** Every state that does something and may follow, in the order in which it is first reached; ends are none. */
export function successorsOf({ states }: AwfDefinition, from: string): readonly string[] {
  const reached = new Set<string>([from])
  for (const name of reached) {
    const state = states.get(name)
    if (state !== undefined)
      for (const next of nextOf(state)) if (states.has(next)) reached.add(next)
  }
  return [...reached].filter((name) => name !== from && states.get(name)?.type !== 'terminal')
}

function nextOf(state: AwfStateDefinition): readonly string[] {
  const { onSuccess, onFailure, transitions, branches, fields } = state
  const body = listOf(fields['body']).map(textOf)
  const routes = [onSuccess, onFailure, textOf(fields['on_complete'])]
  const named = [...body, ...transitions.map(({ goto }) => goto), ...routes]
  return [...branches, ...named.flatMap((name) => name ?? [])]
}
