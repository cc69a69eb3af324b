import { StepId } from '../../schema/ids.ts'

/** Which valid id each old step is given. */
export type StepNames = {
  /** In the order of the old steps. */
  readonly ids: readonly StepId[]
  /** The id that the first step of an old name was given; null when there is none. */
  readonly find: (old: string) => StepId | null
  readonly notes: readonly string[]
}

/** Gives each old step a valid id of its own. Names that can be kept are kept first, whatever others would become. */
export function nameSteps(olds: readonly string[]): StepNames {
  const first = new Map(olds.map((old, index) => [old, index] as const).toReversed())
  const kept = new Map<number, StepId>()
  for (const [index, old] of olds.entries()) {
    const id = StepId.safeParse(old).data
    if (id !== undefined && first.get(old) === index) kept.set(index, id)
  }
  const taken = new Set<string>(kept.values())
  const ids = olds.map((old, index) => {
    const id = kept.get(index) ?? freeName(old, taken)
    taken.add(id)
    return id
  })
  const notes = ids.flatMap((id, index) => {
    const old = olds[index]
    return id === old ? [] : [`The step "${old}" is called ${id}: its name cannot be kept.`]
  })
  return { ids, find: (old) => ids[first.get(old) ?? -1] ?? null, notes }
}

function freeName(old: string, taken: ReadonlySet<string>): StepId {
  const stem = slug(old)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem.slice(0, 88)}_${number}`
    if (!taken.has(name)) return StepId.parse(name)
  }
}

function slug(old: string): string {
  const plain = old.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 90)
  const begins = plain.replace(/^[^A-Za-z0-9_]+/, '')
  if (begins === '') return 'step'
  return StepId.safeParse(begins).success ? begins : `step${begins}`
}
