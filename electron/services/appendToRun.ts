import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'

type Making<Made> = {
  readonly records: readonly RecordBody[]
  /** What else came of it. */
  readonly made: Made
}

/** Appends records to a run at rest under its lock, durably, in one piece, and writes its head anew. Returns the run as it is then. */
export async function appendToRun<Made>(
  context: ServiceContext,
  { run: id, purpose }: { readonly run: RunId; readonly purpose: string },
  make: (opened: OpenedRun) => Making<Made> | Promise<Making<Made>>,
): Promise<{ readonly run: Run; readonly made: Made }> {
  const { store, controlSocket } = context
  const writer = await store.open(id, { purpose, controlSocket })
  try {
    const opened = await readStoredRun(context, id)
    const before = requireSound(opened)
    const { records: bodies, made } = await make(opened)
    const records = await writer.append(bodies, { durable: true })
    const run = replay(
      records.map((record) => ({ kind: 'known', record })),
      { from: before },
    )
    invariant(run !== null, `Run ${id} has no state after it was changed.`)
    const listed = listedFacts(run, { journalBytes: writer.journalBytes(), records: [] })
    await writer.replaceHead(encodeHead(run, context.sha256, listed))
    return { run, made }
  } finally {
    await writer.release()
  }
}

/** Nothing is appended behind a flaw: that is for a repair, which keeps a copy. */
export function requireSound(opened: OpenedRun): Run {
  const run = requireRun(opened)
  if (opened.reading.health !== 'damaged') return run
  throw new AppError('corrupt', `Run ${run.id} is damaged. Repair it first.`, {
    run: run.id,
    findings: opened.reading.findings.slice(0, 20),
  })
}
