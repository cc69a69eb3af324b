import type { ForeignFacts } from '../../shared/contract/foreignFacts.ts'
import type { FormatPoint } from '../../shared/core/formats/format.ts'
import { CheckpointId } from '../../shared/schema/ids.ts'
import type { Checkpoint, Run } from '../../shared/schema/run.ts'
import type { FormatState } from './readFormat.ts'

/** What the Run screen is told of a document of another engine, besides its run. */
export function foreignFacts({ format, role, reading, items }: FormatState): ForeignFacts {
  const { label, version, isOld, said, points, guesses, history = [] } = reading
  return {
    engine: format.name,
    label,
    version,
    isOld,
    role,
    said: {
      status: said.status,
      steps: Object.fromEntries(Object.entries(said.steps).slice(0, mostSteps)),
    },
    points: points.slice(0, mostPoints).map((point) => ({ ...point })),
    items: items.slice(0, mostItems).map((one) => ({ ...one })),
    ...(history.length === 0 ? {} : { events: history.length }),
    ...(guesses === undefined ? {} : { guesses: guesses.map((one) => ({ ...one })) }),
    can: { migrate: format.migrate !== undefined, cleanUp: format.cleanup !== undefined },
  }
}

const mostSteps = 200
const mostPoints = 500
const mostItems = 500

/** [F198] The states that the files hold beside the current one, oldest first, so that they are opened as checkpoints are. */
export function withPoints(run: Run, { reading, set }: Pick<FormatState, 'reading' | 'set'>): Run {
  const changedAt = new Map(set.files.map(({ path, modifiedAt }) => [path, modifiedAt]))
  const timed = reading.points
    .filter(({ kind }) => kind !== 'current')
    .map((point) => ({ point, at: point.at ?? changedAt.get(point.document) ?? run.updatedAt }))
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  const checkpoints = timed.map(({ point, at }, index) =>
    checkpointOf(point, { at, seq: index + 1, parent: timed[index - 1]?.point.id ?? null }),
  )
  return { ...run, checkpoints }
}

function checkpointOf(
  { id, label, problem }: FormatPoint,
  {
    at,
    seq,
    parent,
  }: { readonly at: string; readonly seq: number; readonly parent: string | null },
): Checkpoint {
  return {
    id: CheckpointId.parse(id),
    parent: parent === null ? null : CheckpointId.parse(parent),
    seq,
    name: problem === null ? label : `${label} (${problem})`,
    trigger: 'manual',
    step: null,
    progress: 0,
    at,
  }
}
