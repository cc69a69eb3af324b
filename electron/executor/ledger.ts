import { encodeHeadSteps } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import { createSchedule, type Schedule } from '../../shared/core/graph/schedule.ts'
import { createRunDraft, type RunDraft } from '../../shared/core/run/runDraft.ts'
import type { KnownRecord, RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { RunWriter } from '../store/store.ts'
import type { ExecutorContext } from './executorContext.ts'
import { inTurns } from './inTurns.ts'
import { createStateSize } from './stateSize.ts'

/**
 * A run in memory that is always what its journal says: nothing changes it but what was appended, and what was appended
 * together is seen together. Called in turn, never twice at once. What is handed out is a value that stays as it is.
 */
export type Ledger = Omit<RunDraft, 'add'> & {
  /** Which steps can be dealt with now. */
  readonly schedule: () => Omit<Schedule, 'update'>
  append(bodies: readonly RecordBody[], options: { readonly durable: boolean }): Promise<void>
  /** Appends durably, then writes the whole state: to the journal and as the head. */
  rest(bodies: readonly RecordBody[]): Promise<void>
}

export function createLedger(
  context: Pick<ExecutorContext, 'sha256' | 'emit'>,
  options: {
    readonly run: Run
    readonly definition: WorkflowDefinition
    readonly writer: RunWriter
  },
): Ledger {
  const { definition, writer } = options
  let schedule: Schedule | null = null
  let isKeyframe = false
  const { add: addToDraft, ...draft } = createRunDraft(options.run, {
    stepChanged: (step, state) => schedule?.update(step, state),
    replaced: () => {
      // A keyframe brings the state that there is.
      if (!isKeyframe) schedule = null
    },
  })
  const stateSize = createStateSize()
  // How many bytes of records call for a look at how large the state is. The look goes over all steps, so the next one
  // comes a quarter later.
  let lookAfterBytes = 0

  return {
    ...draft,
    schedule: () => (schedule ??= createSchedule(definition, draft.snapshot().steps)),
    async append(bodies, { durable }) {
      await add(bodies, durable)
      if (!writer.isKeyframeDue(lookAfterBytes)) return
      const stateBytes = stateSize(draft.snapshot())
      if (writer.isKeyframeDue(stateBytes)) return keep()
      lookAfterBytes = stateBytes * 1.25
    },
    async rest(bodies) {
      await add(bodies, true)
      await keep(bodies)
    },
  }

  async function add(bodies: readonly RecordBody[], durable: boolean): Promise<void> {
    const records = await writer.append(bodies, { durable })
    for (const record of records) {
      isKeyframe = record.type === 'keyframe'
      addToDraft({ kind: 'known', record: withOwnDefinition(record) })
    }
    const { id, journal } = draft.facts()
    context.emit(id, journal.seq)
  }

  /** The same definition as before: what was found out about it is known by its identity. */
  function withOwnDefinition(record: KnownRecord): KnownRecord {
    if (record.type !== 'keyframe') return record
    const { workflow } = record.run
    const own = { ...workflow, definition: draft.facts().workflow.definition }
    return { ...record, run: { ...record.run, workflow: own } }
  }

  /** Durable before the head: a head that is ahead of its journal means that records were lost. */
  async function keep(records: readonly RecordBody[] = []): Promise<void> {
    await add([{ type: 'keyframe', run: draft.snapshot() }], true)
    const run = draft.snapshot()
    const listed = listedFacts(run, { journalBytes: writer.journalBytes(), records })
    const text = await inTurns(encodeHeadSteps(run, context.sha256, listed))
    lookAfterBytes = Buffer.byteLength(text)
    await writer.replaceHead(text)
  }
}
