// The log of another engine, where it keeps one, as the history of its run.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { HistoryRecord } from '../../shared/contract/runReading.ts'
import type { FormatEvent } from '../../shared/core/formats/format.ts'
import type { ServiceContext } from './context.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { requireWorkspace } from './refs.ts'

/** [F214] */
export async function readForeignHistory(
  context: ServiceContext,
  input: HandlerInput<'run.history'>,
): Promise<CallOutput<'run.history'>> {
  const all = await recordsOf(context, input)
  const ordered = input.descending ? all.toReversed() : all
  const { fromSeq, descending, limit } = input
  const found = ordered.findIndex(({ seq }) =>
    descending ? seq <= (fromSeq ?? seq) : seq >= (fromSeq ?? seq),
  )
  const start = found === -1 ? ordered.length : found
  return {
    records: ordered.slice(start, start + limit),
    nextSeq: ordered[start + limit]?.seq ?? null,
    total: all.length,
    flaws: [],
  }
}

/** The same in pages, by the number of the record, whichever of them are asked for: an engine's log has no bytes of its own. */
export async function readForeignRecords(
  context: ServiceContext,
  input: HandlerInput<'run.records'>,
): Promise<CallOutput<'run.records'>> {
  const all = await recordsOf(context, input)
  const { descending, limit } = input
  const from = input.from ?? (descending ? all.length : 0)
  const side = (descending ? all.slice(0, from).toReversed() : all.slice(from)).filter(
    ({ step, type }) =>
      (input.step === null || step === input.step) &&
      (input.types === null || input.types.includes(type)),
  )
  const page = side.slice(0, limit)
  const last = page.at(-1)
  const isEnd = last === undefined || page.length === side.length
  return {
    lines: page.map(({ text: _text, ...record }) => ({ kind: 'record' as const, ...record })),
    next: isEnd ? null : last.offset + (descending ? 0 : 1),
    sizeBytes: all.length,
  }
}

async function recordsOf(
  context: ServiceContext,
  { ref }: Pick<HandlerInput<'run.history'>, 'ref'>,
): Promise<readonly HistoryRecord[]> {
  requireWorkspace(context, ref)
  const { foreign, run } = await openDocumentKind(context, ref)
  const events = foreign?.reading.history ?? []
  let at = run?.createdAt ?? ''
  return events.map((event, index) => {
    // One without a time came after the one before it.
    at = event.at ?? at
    return recordOf(event, { seq: index + 1, at })
  })
}

function recordOf(
  event: FormatEvent,
  { seq, at }: { readonly seq: number; readonly at: string },
): HistoryRecord {
  const { what, step, by, message } = event
  const whose = by === null ? '' : ` (${by})`
  return {
    seq,
    at,
    type: what.slice(0, 100),
    step,
    sentence: `${what}${whose}${message === null ? '' : `: ${message}`}`.slice(0, 500),
    offset: seq - 1,
    sizeBytes: 1,
    text: JSON.stringify(event).slice(0, 16_384),
  }
}
