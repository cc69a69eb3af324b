import { invariant } from '../../../assert.ts'
import { RunId, StepId } from '../../../schema/ids.ts'

/** A name of another engine as an id of a run: what an id cannot hold becomes `-`. */
export function runIdOf(name: string): RunId {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-')
  const bare = plain.replace(/^\.+/, '').slice(0, 128).replace(/\.+$/, '')
  return RunId.safeParse(bare).data ?? RunId.parse(`run-${bare.slice(0, 100)}`.replace(/\.+$/, ''))
}

/** By the name of a step in its engine the id that it has here, no two the same: names that are ids are kept. */
export function stepIdsOf(names: readonly string[]): ReadonlyMap<string, StepId> {
  const taken = new Set<string>(names.filter(isPlainId))
  const ids = new Map<string, StepId>()
  for (const name of names)
    if (!ids.has(name)) ids.set(name, isPlainId(name) ? StepId.parse(name) : freeId(name, taken))
  return ids
}

/** The id of a step that is among those names. */
export function idAmong(ids: ReadonlyMap<string, StepId>, name: string): StepId {
  const id = ids.get(name)
  invariant(id !== undefined, 'Every name has an id.')
  return id
}

/** An item of a `forEach` has brackets in its id; a step of another engine is none. */
function isPlainId(name: string): boolean {
  return StepId.safeParse(name).success && !name.includes('[')
}

function freeId(name: string, taken: Set<string>): StepId {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 90)
  const begun = /^[A-Za-z0-9_]/.test(plain) && plain !== '__proto__' ? plain : `_${plain}_`
  let id = begun
  for (let count = 2; taken.has(id); count += 1) id = `${begun}-${count}`
  taken.add(id)
  return StepId.parse(id)
}
