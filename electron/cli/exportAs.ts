import { resolve } from 'node:path'
import type { Client } from '../../shared/contract/contract.ts'
import type { ExportEnd, ExportForm } from '../../shared/contract/exports.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Outcome } from './command.ts'
import type { ExportOptions } from './commands/export.ts'
import { describeExport } from './describe/export.ts'
import { exits } from './exitCodes.ts'
import { findExported } from './findExported.ts'
import { readPassphrase } from './passphrase.ts'
import { sayProgress } from './sayProgress.ts'
import { printableLog } from './text/printable.ts'
import { readPieces, writePieces } from './writePieces.ts'

type Context = CommandContext<ExportOptions>

export async function exportAs(context: Context, form: ExportForm): Promise<Outcome> {
  const { options, signal } = context
  const client = await context.client()
  const { from = null, to = null, logs } = options
  const passphrase = await readPassphrase(options['passphrase-file'], context)
  const named = await findExported({ ...context, client, passphrase }, context.positionals)
  const input = { ...named, as: form, from, to, logs, redact: !options['no-redact'] }
  if (options.plan) {
    const working = { signal, onProgress: sayProgress(context) }
    const planned = await client.call('export.plan', input, working)
    const head = printableLog(planned.head.slice(0, 2000)).split('\n')
    return { output: planned, lines: [...head, '', ...describeExport(planned)], exit: exits.done }
  }
  if (context.json && options.output === '-')
    throw new AppError('invalid-input', '--json and -o - would both write to the same place.')

  const { reason = null } = options
  const begun = await client.call('export.open', { ...input, reason })
  const pieces = piecesOf(client, begun.export, signal)
  try {
    if (options.output === '-') {
      const end = await readPieces(pieces, async (text) => context.write(text))
      return { output: end, lines: [], notes: describeExport(end), exit: exitOf(end) }
    }
    const path = resolve(context.cwd, options.output ?? begun.name)
    const end = await writePieces(pieces, path)
    return { output: { path, ...end }, lines: [path, ...describeExport(end)], exit: exitOf(end) }
  } catch (error) {
    await client.call('export.close', { export: begun.export })
    throw error
  }
}

async function* piecesOf(
  client: Client,
  token: string,
  signal: AbortSignal,
): AsyncGenerator<string, ExportEnd> {
  for (let piece = 0; ; piece += 1) {
    if (signal.aborted) throw new AppError('cancelled', 'The export was given up.')
    const { text, end } = await client.call('export.read', { export: token, piece })
    yield text
    if (end !== null) return end
  }
}

function exitOf({ problems }: ExportEnd): number {
  return problems.length === 0 ? exits.done : exits.failedRows
}
