// Where a run stands among others: the topmost run of its tree, and the step that began it.
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { Run } from '../../../shared/schema/run.ts'
import type { TraceSource } from '../../../shared/core/otlp/runTrace.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun, type OpenedRun } from '../openStoredRun.ts'

/** A run that is gone or cannot be read is taken for the topmost one. */
export async function findRelatives(
  context: ServiceContext,
  run: Run,
): Promise<Pick<TraceSource, 'root' | 'parentStep' | 'forkRoot'>> {
  const { lineage } = run
  if (lineage === null) return { root: run.id, parentStep: null, forkRoot: null }
  const parent = await readIfThere(context, lineage.parent)
  const parentRoot = parent?.run === undefined ? lineage.parent : await rootOf(context, parent.run)
  if (lineage.relation !== 'child')
    return { root: run.id, parentStep: null, forkRoot: parentRoot ?? lineage.parent }
  const parentStep = parent === null ? null : stepThatBegan(parent, run.id)
  return { root: parentRoot ?? lineage.parent, parentStep, forkRoot: null }
}

async function rootOf(context: ServiceContext, run: Run | null): Promise<RunId | null> {
  let top = run
  for (let depth = 0; depth < deepest && top?.lineage?.relation === 'child'; depth += 1) {
    const above = await readIfThere(context, top.lineage.parent)
    if (above?.run === undefined || above.run === null) return top.lineage.parent
    top = above.run
  }
  return top?.id ?? null
}

const deepest = 100

function stepThatBegan({ stored, run }: OpenedRun, child: RunId): string | null {
  for (const { kind, record } of stored.journal?.records ?? [])
    if (kind === 'known' && record.type === 'stepWaiting' && record.waitingOn.kind === 'run')
      if (record.waitingOn.run === child) return record.step
  const waiting = Object.entries(run?.steps ?? {}).find(
    ([, { waitingOn }]) => waitingOn?.kind === 'run' && waitingOn.run === child,
  )
  return waiting?.[0] ?? null
}

async function readIfThere(context: ServiceContext, id: RunId): Promise<OpenedRun | null> {
  try {
    return await readStoredRun(context, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}
