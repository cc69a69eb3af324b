import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { JournalLine } from '../../shared/contract/reading.ts'
import type { ServiceContext } from './context.ts'
import { readForeignRecords } from './foreignHistory.ts'
import { isShownAsText } from './readDocumentText.ts'
import { openBlocks, type FileBlocks } from './fileBlocks.ts'
import { peekLine, readJournalLine, type LinePlace } from './journalLine.ts'
import { messageCharacters } from './withinMessage.ts'
import { runIdOf } from './refs.ts'

type Input = HandlerInput<'run.records'>

/**
 * Lines of the journal from either end. Only they are read, so that a journal of any length is shown at once; whether all of
 * it hangs together is said by `run.get`.
 */
export async function readRecords(
  context: ServiceContext,
  input: Input,
  { signal }: { readonly signal: CancelSignal },
): Promise<CallOutput<'run.records'>> {
  if (isShownAsText(input.ref)) return readForeignRecords(context, input)
  const path = context.store.layout.journal(runIdOf(context, input.ref))
  const blocks = await openBlocks(context.store, path)
  const next = input.descending ? lineBefore : lineFrom

  const lines: JournalLine[] = []
  let at: number | null = await startOf(blocks, input)
  let lookedBytes = 0
  let leftCharacters = messageCharacters
  while (at !== null && lines.length < input.limit && lookedBytes < mostBytes) {
    throwIfCancelled(signal, 'Reading the journal')
    const place = await next(blocks, at)
    lookedBytes += place.end - place.start
    if (await isWanted(blocks, place, input)) {
      const line = await readJournalLine(context, blocks, place)
      leftCharacters -= JSON.stringify(line).length
      if (leftCharacters < 0) break
      lines.push(line)
    }
    at = input.descending ? place.start : place.end
    if (at <= 0 || at >= blocks.sizeBytes) at = null
  }
  return { lines, next: at, sizeBytes: blocks.sizeBytes }
}

/** With a filter much may be looked through for little: then the page ends, and says where to go on. */
const mostBytes = 4 * 1024 * 1024

/** Null where nothing is left. A byte inside a line stands for that line's begin. */
async function startOf(blocks: FileBlocks, { from, descending }: Input): Promise<number | null> {
  if (blocks.sizeBytes === 0) return null
  if (from === null) return descending ? blocks.sizeBytes : 0
  const start = (await blocks.newlineBefore(Math.min(from, blocks.sizeBytes))) + 1
  const isEnd = descending ? start === 0 : start >= blocks.sizeBytes
  return isEnd ? null : start
}

async function lineBefore(blocks: FileBlocks, end: number): Promise<LinePlace> {
  return { start: (await blocks.newlineBefore(end - 1)) + 1, end }
}

async function lineFrom(blocks: FileBlocks, start: number): Promise<LinePlace> {
  const newline = await blocks.newlineFrom(start)
  return { start, end: newline === -1 ? blocks.sizeBytes : newline + 1 }
}

/** Where somebody looks for a step, a line that says nothing is not one of its records. */
async function isWanted(
  blocks: FileBlocks,
  place: LinePlace,
  { step, types }: Input,
): Promise<boolean> {
  if (step === null && types === null) return true
  const line = await peekLine(blocks, place)
  if (line === null || (step !== null && line.step !== step)) return false
  return types === null || types.includes(line.type)
}
