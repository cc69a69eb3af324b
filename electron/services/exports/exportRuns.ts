// Runs as files that other programs read: shown before, made when they are asked for, and noted in the operations log.
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
  let head = ''
  let told = -1
  for await (const { text, done, end } of exportPieces(context, input, signal)) {
    if (head.length < headLength) head += text.slice(0, headLength - head.length)
    if (done !== told) progress({ done, total: input.runs.length, item: input.runs[done] ?? '' })
    told = done
    if (end !== null) return { name: nameOf(input), head, ...end }
  }
  throw new AppError('bug', 'An export came to no end.')
}

/** Enough to see what it is. */
const headLength = 24_000

export async function openExport(
  context: ServiceContext,
  { reason, ...input }: HandlerInput<'export.open'>,
): Promise<CallOutput<'export.open'>> {
  requireFitting(input)
  // [T152] Who takes secrets away says why.
  if (!input.redact && reason === null)
    throw new AppError('invalid-input', 'Say why nothing is to be redacted: it is noted.')
  const token = context.randomId(20)
  const { settle } = await noteExport(context, input, reason)
  await context.exports.open(token, {
    pieces: exportPieces(context, input, neverCancelled),
    total: input.runs.length,
    settle,
  })
  return { export: token, name: nameOf(input) }
}

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
async function noteExport(context: ServiceContext, input: ExportInput, reason: string | null) {
  if (!context.store.access.writable) return { settle: async () => undefined }
  const [first = '', ...more] = input.runs
  const item = more.length === 0 ? first : `${input.runs.length} runs`
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

function wordsOf({ as, runs, redact }: ExportInput): string {
  return `export as ${as}${redact ? ', redacted' : ''}${runs.length === 1 ? '' : `, first ${runs[0] ?? ''}`}`
}

function requireFitting({ as, runs, from, to, logs }: ExportInput): void {
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

function nameOf({ as, runs }: ExportInput): string {
  const [first = 'runs'] = runs
  const stem = runs.length === 1 ? first : `${first}-and-${runs.length - 1}-more`
  return `${stem}.${forms[as].extension}`
}
