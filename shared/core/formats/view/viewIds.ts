import { RunId, StepId } from '../../../schema/ids.ts'

/** A name of another engine as an id of a run: what an id cannot hold becomes `-`. */
export function runIdOf(name: string): RunId {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-')
  const bare = plain.replace(/^\.+/, '').slice(0, 128).replace(/\.+$/, '')
  return RunId.safeParse(bare).data ?? RunId.parse(`run-${bare.slice(0, 100)}`.replace(/\.+$/, ''))
}

/** Names of another engine as ids of steps, no two of them the same, in the order given. */
export function stepIdsOf(names: readonly string[]): ReadonlyMap<string, StepId> {
  const ids = new Map<string, StepId>()
  const taken = new Set<string>()
  for (const name of names) {
    const id = freeId(name, taken)
    taken.add(id)
    ids.set(name, id)
  }
  return ids
}

function freeId(name: string, taken: ReadonlySet<string>): StepId {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 90)
  const begun = /^[A-Za-z0-9_]/.test(plain) && plain !== '__proto__' ? plain : `_${plain}_`
  let id = begun
  for (let count = 2; taken.has(id); count += 1) id = `${begun}-${count}`
  return StepId.parse(id)
}
