// Makes an export piece by piece. Secrets are gathered from all of it first, so that they are found wherever they stand.
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../../shared/cancel.ts'
import type {
  ExportDocument,
  ExportEnd,
  ExportInput,
  ExportProblem,
} from '../../../shared/contract/exports.ts'
import { compileRules } from '../../../shared/core/secrets/compileRules.ts'
import { createRedactor, type Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun } from '../openStoredRun.ts'
import { documentTexts, openExported } from './documentTexts.ts'
import type { ExportPiece } from './exportDesk.ts'
import { forms, type ExportSource, type Form } from './exportForms.ts'
import { journalLines } from './fileTexts.ts'
import { learning, recordText, runTexts, unchanged } from './runTexts.ts'

/** The last piece has the end. Each is well below what a message carries. */
export async function* exportPieces(
  context: ServiceContext,
  input: ExportInput,
  signal: CancelSignal,
): AsyncGenerator<ExportPiece<ExportEnd>, void> {
  const problems: ExportProblem[] = []
  const miss = (run: string, sentence: string) => {
    if (problems.length < mostProblems) problems.push({ run, sentence })
  }
  const redactor = input.redact ? await learnedRedactor(context, input, signal) : null
  const outlet = redactor?.json ?? unchanged
  const source: ExportSource = { context, ...input, redactor, outlet, miss }

  const hash = createHash('sha256')
  let sizeBytes = 0
  let held = ''
  let done = 0
  const take = (): string => {
    const piece = held.slice(0, wholeCharacters(held, pieceLength))
    held = held.slice(piece.length)
    const bytes = Buffer.from(piece)
    hash.update(bytes)
    sizeBytes += bytes.byteLength
    return piece
  }
  for await (const part of wholeText(source, signal, () => (done += 1))) {
    held += part
    while (held.length >= pieceLength) yield { text: take(), done, end: null }
  }
  const text = take()
  const digest = `sha256:${hash.digest('hex')}`
  yield { text, done, end: { digest, sizeBytes, redaction: redactor?.report() ?? null, problems } }
}

/** Escaped for a message, a letter takes six bytes at most. */
const pieceLength = 128 * 1024
const mostProblems = 500

async function* wholeText(
  source: ExportSource,
  signal: CancelSignal,
  onDone: () => void,
): AsyncGenerator<string> {
  const form: Form = forms[source.as]
  yield form.begin(source)
  const items: Item[] = source.runs.map((run) => ({
    name: run,
    texts: (isFirst) => form.one({ ...source, run, isFirst }),
  }))
  yield* itemTexts(items, { source, signal, onDone })
  if (form.documents !== undefined && source.documents.length > 0) {
    yield form.documents
    const documents = source.documents.map((ref): Item => {
      return { name: ref.document, texts: (isFirst) => documentOf(source, ref, isFirst) }
    })
    yield* itemTexts(documents, { source, signal, onDone })
  }
  yield form.end(source)
}

type Item = {
  readonly name: string
  /** It may throw before it has given anything: the item is then left out. */
  readonly texts: (isFirst: boolean) => AsyncIterable<string>
}

async function* itemTexts(
  items: readonly Item[],
  {
    source,
    signal,
    onDone,
  }: {
    readonly source: ExportSource
    readonly signal: CancelSignal
    readonly onDone: () => void
  },
): AsyncGenerator<string> {
  let isFirst = true
  for (const { name, texts } of items) {
    let wrote = false
    try {
      for await (const text of texts(isFirst)) {
        throwIfCancelled(signal, 'Exporting')
        if (text === '') continue
        wrote = true
        yield text
        await nextTurn()
      }
    } catch (error) {
      // What was begun cannot be taken back, and what cannot be read is told.
      if (wrote || !(error instanceof AppError) || !leftOut.has(error.code)) throw error
      source.miss(name, error.message)
    }
    if (wrote) isFirst = false
    onDone()
  }
}

async function* documentOf(
  { context, outlet, miss }: ExportSource,
  ref: ExportDocument,
  isFirst: boolean,
): AsyncGenerator<string> {
  const opened = await openExported(context, ref)
  if (opened.problem !== null) miss(ref.document, opened.problem)
  yield isFirst ? '\n' : ',\n'
  yield* documentTexts(opened, outlet)
}

const leftOut: ReadonlySet<string> = new Set(['not-found', 'corrupt', 'version-too-new'])

/** Knows every secret that the settings or a key tell, in all of the runs. */
async function learnedRedactor(
  context: ServiceContext,
  { runs, documents }: Pick<ExportInput, 'runs' | 'documents'>,
  signal: CancelSignal,
): Promise<Redactor> {
  const { rules, problems } = compileRules(context.settings.value.redaction)
  const [problem] = problems
  if (problem !== undefined)
    throw new AppError(
      'invalid-input',
      `unstuck.json says at ${problem.path} what is to be redacted, and it cannot be used: ${problem.sentence} Nothing is exported before it is mended.`,
      { ...problem },
    )
  const keep: string[] = [...runs, ...documents.map(({ document }) => document)]
  const redactor = createRedactor(rules, keep)
  const outlet = learning(redactor)
  for (const id of runs) await learnRun(id)
  for (const ref of documents) await learnDocument(ref)
  return redactor

  async function learnDocument(ref: ExportDocument): Promise<void> {
    throwIfCancelled(signal, 'Exporting')
    const { files } = (await openExported(context, ref).catch(notThere)) ?? { files: [] }
    for (const { text } of files) {
      redactor.learn(text)
      await nextTurn()
    }
  }

  async function learnRun(id: RunId): Promise<void> {
    throwIfCancelled(signal, 'Exporting')
    const opened = await readStoredRun(context, id).catch(notThere)
    const run = opened?.run ?? null
    if (run !== null) {
      keep.push(run.workflow.name, ...Object.keys(run.steps))
      for (const text of runTexts(run, outlet, id)) if (text.length > longText) await nextTurn()
    }
    for await (const text of journalLines(context, id)) {
      recordText(text, outlet, { file: id, line: 0 })
      await nextTurn()
    }
  }
}

const longText = 64 * 1024

/** The export itself says that it is not there. */
function notThere(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null
  throw error
}

/** Where a text may be cut without cutting a character. */
function wholeCharacters(text: string, length: number): number {
  if (length >= text.length) return text.length
  return /[\uD800-\uDBFF]/.test(text[length - 1] ?? '') ? length - 1 : length
}
