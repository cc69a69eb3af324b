import { invariant } from '../../shared/assert.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunWriter, StoredRun } from '../store/store.ts'
import type { SessionContext } from './openSession.ts'

/** A session under its lock. `run` is null for one that is not there yet. */
export type OpenSession = {
  readonly writer: RunWriter
  readonly run: Run | null
  readonly hasHead: boolean
  /** What was read when its lock was taken; null once it was used. */
  readonly stored: StoredRun | null
}

/**
 * Appends durably, and gives the session as it then is. The whole state is written again where it was not yet, where the
 * session came to rest differently, and where the records since have become as many bytes as it has.
 */
export async function writeSession(
  context: SessionContext,
  { writer, run, hasHead }: Pick<OpenSession, 'writer' | 'run' | 'hasHead'>,
  bodies: readonly RecordBody[],
): Promise<Run> {
  const records = await writer.append(bodies, { durable: true })
  const after = replay(
    records.map((record) => ({ kind: 'known', record })),
    { from: run },
  )
  invariant(after !== null, `${writer.run} has no state after it was saved.`)

  const isResting = run !== null && run.status !== after.status
  // Measured only where there is something to compare it with.
  const isDue = writer.isKeyframeDue(0) && writer.isKeyframeDue(stateBytes(after))
  if (isResting || isDue) return writeWhole(context, { writer, run: after, bodies })
  if (!hasHead) await writer.replaceHead(headOf(context, { writer, run: after, bodies }))
  return after
}

type Written = {
  readonly writer: OpenSession['writer']
  readonly run: Run
  readonly bodies: readonly RecordBody[]
}

/** Durable in the journal before the head: a head that is ahead of its journal means that records were lost. */
async function writeWhole(context: SessionContext, written: Written): Promise<Run> {
  const { writer, run } = written
  const keyframes = await writer.append([{ type: 'keyframe', run }], { durable: true })
  const after = replay(
    keyframes.map((record) => ({ kind: 'known', record })),
    { from: run },
  )
  invariant(after !== null, `${run.id} has no state after its keyframe.`)
  await writer.replaceHead(headOf(context, { ...written, run: after }))
  return after
}

function headOf(context: SessionContext, { writer, run, bodies }: Written): string {
  const listed = listedFacts(run, { journalBytes: writer.journalBytes(), records: bodies })
  return encodeHead(run, context.sha256, listed)
}

function stateBytes(run: Run): number {
  return Buffer.byteLength(JSON.stringify(run))
}
