import type { Checkpoint, Run } from '../../schema/run.ts'
import type { Damage } from './damageOf.ts'

/** Checkpoints whose records will not be in the journal: they could be seen, but neither opened nor resumed from. */
export function lostCheckpoints(run: Run, { soundSeq }: Damage): readonly Checkpoint[] {
  return run.checkpoints.filter(({ seq }) => seq > soundSeq)
}

/** The run without these checkpoints; those that followed one of them follow what stood before it. */
export function withoutCheckpoints(run: Run, gone: readonly Checkpoint[]): Run {
  if (gone.length === 0) return run
  const parents = new Map(gone.map(({ id, parent }) => [id, parent]))
  const kept = run.checkpoints.filter(({ id }) => !parents.has(id))
  return {
    ...run,
    checkpoints: kept.map((one) => ({ ...one, parent: nearestKept(one.parent, parents) })),
  }
}

function nearestKept(
  parent: Checkpoint['parent'],
  gone: ReadonlyMap<string, Checkpoint['parent']>,
): Checkpoint['parent'] {
  const seen = new Set<string>()
  let id = parent
  while (id !== null && gone.has(id) && !seen.has(id)) {
    seen.add(id)
    id = gone.get(id) ?? null
  }
  return id !== null && gone.has(id) ? null : id
}
