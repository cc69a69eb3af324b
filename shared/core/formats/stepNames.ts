import { StepId } from '../../schema/ids.ts'

/** By the name of a step in its engine the id that it has here: the name itself where it is one, else what is closest to it. */
export function nameSteps(names: readonly string[]): ReadonlyMap<string, StepId> {
  const given = new Map<string, StepId>()
  const taken = new Set<string>(names.filter((name) => StepId.safeParse(name).success))
  for (const name of names) {
    if (given.has(name)) continue
    given.set(name, StepId.safeParse(name).data ?? closest(name, taken))
  }
  return given
}

function closest(name: string, taken: Set<string>): StepId {
  const cleaned = name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 90)
  const base = /^[A-Za-z0-9_]/.test(cleaned) ? cleaned : `_${cleaned}`
  const safe = base === '__proto__' ? '_proto' : base
  let id = safe
  for (let count = 2; taken.has(id); count += 1) id = `${safe}-${count}`
  taken.add(id)
  return StepId.parse(id)
}
