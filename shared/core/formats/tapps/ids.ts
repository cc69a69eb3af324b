import { RunId, StepId } from '../../../schema/ids.ts'

/** The id of a workflow as the id of a run: what a run's id cannot hold becomes `-`. */
export function runIdOf(workflow: string): RunId {
  const plain = workflow.toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-')
  const trimmed = plain.slice(0, 120).replaceAll(/^\.+|\.+$/g, '')
  return RunId.safeParse(trimmed).data ?? RunId.parse(`run-${trimmed}`.replace(/\.+$/, ''))
}

/** By the name of a step the id that it has here, no two the same: names that are ids are kept. */
export function stepIdsOf(names: readonly string[]): ReadonlyMap<string, StepId> {
  const taken = new Set<string>(names.filter((name) => isPlainId(name)))
  const ids = new Map<string, StepId>()
  for (const name of names) {
    if (!ids.has(name)) ids.set(name, isPlainId(name) ? StepId.parse(name) : freeId(name, taken))
  }
  return ids
}

/** An item of a `forEach` has brackets in its id; a step of another engine is none. */
function isPlainId(name: string): boolean {
  return StepId.safeParse(name).success && !name.includes('[')
}

function freeId(name: string, taken: Set<string>): StepId {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 90)
  const begun = /^[A-Za-z0-9_]/.test(plain) && plain !== '__proto__' ? plain : `s${plain}`
  let id = begun
  for (let count = 2; taken.has(id); count += 1) id = `${begun}-${count}`
  taken.add(id)
  return StepId.parse(id)
}
