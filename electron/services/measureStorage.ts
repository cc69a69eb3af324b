import type { CallOutput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { StorageBreakdown } from '../../shared/contract/upkeep.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Store } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { readRows } from './queryRuns.ts'

type Storage = Awaited<ReturnType<Store['storage']>>
type StorageSum = Storage['kinds']['head']
type Workflow = StorageBreakdown['workflows'][number]

/** What lies on the disk, by kind of file and by workflow. */
export async function measureStorage(
  context: ServiceContext,
  { signal, progress }: HandlerOptions<'storage.get'>,
): Promise<CallOutput<'storage.get'>> {
  const say = everySoOften(context, progress)
  const storage = await context.store.storage({ signal, onProgress: say })
  const rows = await readRows(context, { signal })

  const known = new Map(rows.map((row) => [row.id, row]))
  return breakDown(storage, {
    workflowOf: (run) => known.get(run)?.workflow ?? null,
    outcomeOf: (run) => known.get(run)?.status ?? null,
  })
}

type StorageFacts = {
  readonly workflowOf: (run: RunId) => string | null
  readonly outcomeOf: (run: RunId) => string | null
}

/** Sums by kind, by outcome and by workflow; of the workflows the largest, and all others as one. */
export function breakDown(
  storage: Storage,
  { workflowOf, outcomeOf }: StorageFacts,
): StorageBreakdown {
  const sums = sumRuns(storage.runs, workflowOf).map(({ of: workflow, ...sum }) => ({
    workflow,
    ...sum,
  }))
  const { kinds, disk, problems } = storage
  return {
    ...totalOf(Object.values(kinds)),
    kinds: kindsOf(kinds),
    workflows: sums.slice(0, shownWorkflows),
    rest: restOf(sums.slice(shownWorkflows)),
    outcomes: sumRuns(storage.runs, outcomeOf).map(({ of: status, ...sum }) => ({
      status,
      ...sum,
    })),
    disk,
    problems: [...problems],
  }
}

type RunsSum = StorageSum & { readonly of: string | null; readonly runs: number }

/** The largest first. */
function sumRuns(runs: Storage['runs'], keyOf: (run: RunId) => string | null): readonly RunsSum[] {
  const sums = new Map<string | null, { runs: number; files: number; bytes: number }>()
  for (const [run, { files, bytes }] of runs) {
    const of = keyOf(run)
    const sum = sums.get(of) ?? { runs: 0, files: 0, bytes: 0 }
    sums.set(of, {
      runs: sum.runs + 1,
      files: sum.files + files,
      bytes: sum.bytes + bytes,
    })
  }
  const all = [...sums].map(([of, sum]) => ({ of, ...sum }))
  return all.toSorted((a, b) => b.bytes - a.bytes || b.runs - a.runs)
}

function restOf(workflows: readonly Workflow[]): StorageBreakdown['rest'] {
  const runs = workflows.reduce((count, workflow) => count + workflow.runs, 0)
  return { workflows: workflows.length, runs, ...totalOf(workflows) }
}

function kindsOf(kinds: Storage['kinds']): StorageBreakdown['kinds'] {
  const names = Object.keys(kinds) as (keyof Storage['kinds'])[] // keys of a closed record
  return names.map((kind) => ({ kind, ...kinds[kind] })).filter(({ files }) => files > 0)
}

function totalOf(sums: readonly StorageSum[]): StorageSum {
  return {
    files: sums.reduce((count, { files }) => count + files, 0),
    bytes: sums.reduce((count, { bytes }) => count + bytes, 0),
  }
}

/** At most ten times a second. */
function everySoOften<Value>(
  context: ServiceContext,
  say: (value: Value) => void,
): (value: Value) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return (value) => {
    const now = Date.parse(context.now())
    if (now - saidAt < 100 && now >= saidAt) return
    saidAt = now
    say(value)
  }
}

const shownWorkflows = 20
