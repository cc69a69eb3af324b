// Runs as files that other programs read: shown before, made when they are asked for, and noted in the operations log.
import { posix } from 'node:path'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import { neverCancelled } from '../../../shared/cancel.ts'
import type { ExportEnd, ExportInput } from '../../../shared/contract/exports.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { forms } from './exportForms.ts'
import { exportPieces } from './exportPieces.ts'

export async function planExport(
  context: ServiceContext,
  input: HandlerInput<'export.plan'>,
  { signal, progress }: HandlerOptions<'export.plan'>,
): Promise<CallOutput<'export.plan'>> {
  requireFitting(input)
  const names = namesOf(input)
  let head = ''
  let told = -1
  for await (const { text, done, end } of exportPieces(context, input, signal)) {
    if (head.length < headLength) head += text.slice(0, headLength - head.length)
    if (done !== told) progress({ done, total: names.length, item: names[done] ?? '' })
    told = done
    if (end !== null) return { name: nameOf(input), head, ...end }
  }
  throw new AppError('bug', 'An export came to no end.')
}

/** Enough to see what it is. */
const headLength = 24_000

export async function openExport(
  context: ServiceContext,
  input: HandlerInput<'export.open'>,
): Promise<CallOutput<'export.open'>> {
  requireReason(input)
  requireFitting(input)
  return beginExport(context, input, await noteExport(context, input))
}

/** What is told of its end is for whoever noted it. */
export async function beginExport(
  context: ServiceContext,
  asked: HandlerInput<'export.open'>,
  { settle }: Noted = unnoted,
): Promise<CallOutput<'export.open'>> {
  const { reason: _, ...input } = asked
  requireFitting(input)
  const token = context.randomId(20)
  await context.exports.open(token, {
    pieces: exportPieces(context, input, neverCancelled),
    total: namesOf(input).length,
    settle,
  })
  return { export: token, name: nameOf(input) }
}

/** [T152] Who takes secrets away says why. */
export function requireReason({
  redact,
  reason,
}: Pick<HandlerInput<'export.open'>, 'redact' | 'reason'>): void {
  if (!redact && reason === null)
    throw new AppError('invalid-input', 'Say why nothing is to be redacted: it is noted.')
}

type Noted = { readonly settle: (end: ExportEnd | AppError) => Promise<void> }
const unnoted: Noted = { settle: async () => undefined }

export async function readExport(
  context: ServiceContext,
  input: HandlerInput<'export.read'>,
): Promise<CallOutput<'export.read'>> {
  return context.exports.read(input.export, input.piece)
}

export async function closeExport(
  context: ServiceContext,
  input: HandlerInput<'export.close'>,
): Promise<CallOutput<'export.close'>> {
  await context.exports.close(input.export)
  return {}
}

/** The second line of the log is written when the last piece was made. A workspace that cannot be written has no log. */
export async function noteExport(
  context: ServiceContext,
  { reason, ...input }: HandlerInput<'export.open'>,
): Promise<Noted> {
  if (!context.store.access.writable) return unnoted
  const [first = '', ...more] = namesOf(input)
  const what = input.documents.length === 0 ? 'runs' : 'runs and documents'
  const item = more.length === 0 ? first : `${more.length + 1} ${what}`
  const operation = { call: 'export.open', item, reason: reason ?? wordsOf(input) }
  const { promise: ended, tell } = createEnd()
  let work: Promise<unknown> = Promise.resolve()
  // A log that cannot be written refuses the export.
  await new Promise<void>((begin, refuse) => {
    work = logged(context, operation, () => {
      begin()
      return ended
    })
    work.catch(refuse)
  })
  return {
    settle: async (end: ExportEnd | AppError) => {
      tell(end)
      await Promise.allSettled([work])
    },
  }
}

function createEnd() {
  let tell = nothing
  const promise = new Promise<ExportEnd>((resolve, reject) => {
    tell = (end) => (end instanceof AppError ? reject(end) : resolve(end))
  })
  return { promise, tell }
}

const nothing: (end: ExportEnd | AppError) => void = () => undefined

function wordsOf(input: ExportInput): string {
  const names = namesOf(input)
  const first = names.length === 1 ? '' : `, first ${names[0] ?? ''}`
  return `export as ${input.as}${input.redact ? ', redacted' : ''}${first}`
}

/** In the order in which they are written. */
function namesOf({ runs, documents }: Pick<ExportInput, 'runs' | 'documents'>): readonly string[] {
  return [...runs, ...documents.map(({ document }) => document)]
}

function requireFitting({ as, runs, documents, from, to, logs }: ExportInput): void {
  if (runs.length + documents.length === 0)
    throw new AppError('invalid-input', 'Name a run or a document to be exported.')
  // [X98]
  if (documents.length > 0 && as !== 'json')
    throw new AppError(
      'invalid-input',
      `${documents[0]?.document ?? ''} is of another engine: it is exported as JSON only. Import it first for any other form.`,
    )
  if (as === 'patch' && runs.length !== 1)
    throw new AppError(
      'invalid-input',
      'A patch is made of one run, between two of its checkpoints.',
    )
  if (as === 'patch' && from === null)
    throw new AppError('invalid-input', 'Say from which checkpoint the patch leads.')
  if (as !== 'patch' && (from !== null || to !== null))
    throw new AppError('invalid-input', 'Only a patch leads from one checkpoint to another.')
  if (logs && as !== 'json')
    throw new AppError('invalid-input', 'Only plain JSON has room for logs.')
}

function nameOf({ as, ...input }: ExportInput): string {
  const [first = 'runs', ...more] = namesOf(input)
  const plain = posix.basename(first).replace(/\.json$/, '.export')
  const stem = more.length === 0 ? plain : `${plain}-and-${more.length}-more`
  return `${stem}.${forms[as].extension}`
}
