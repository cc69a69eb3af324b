import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import type { ExecutorContext } from './executorContext.ts'

/** A run in memory that is always what its journal says: nothing changes it but what was appended. Called in turn, never twice at once. */
export type Ledger = {
  readonly run: () => Run
  append(bodies: readonly RecordBody[], options: { readonly durable: boolean }): Promise<void>
  /** Appends durably, then writes the whole state: to the journal and as the head. */
  rest(bodies: readonly RecordBody[]): Promise<void>
}

export function createLedger(
  context: Pick<ExecutorContext, 'sha256' | 'emit'>,
  options: { readonly run: Run; readonly writer: RunWriter },
): Ledger {
  const { writer } = options
  let run = options.run
  // What the state took when it was last written: encoding it to find out costs as much as writing it.
  let stateBytes = 0

  return {
    run: () => run,
    async append(bodies, { durable }) {
      await add(bodies, durable)
      if (!writer.isKeyframeDue(stateBytes)) return
      stateBytes = Buffer.byteLength(encodeHead(run, context.sha256))
      if (writer.isKeyframeDue(stateBytes)) await keep()
    },
    async rest(bodies) {
      await add(bodies, true)
      await keep()
    },
  }

  async function add(bodies: readonly RecordBody[], durable: boolean): Promise<void> {
    const records = await writer.append(bodies, { durable })
    // In one replay: it copies what it changes once, and not for each record.
    const items = records.map((record) => ({ kind: 'known', record }) as const)
    run = replay(items, { from: run }) ?? run
    context.emit(run.id, run.journal.seq)
  }

  /** Durable before the head: a head that is ahead of its journal means that records were lost. */
  async function keep(): Promise<void> {
    await add([{ type: 'keyframe', run }], true)
    const text = encodeHead(run, context.sha256)
    stateBytes = Buffer.byteLength(text)
    await writer.replaceHead(text)
  }
}
