// Commands on the state of another engine: the same words as for a run, on its own files.
import type { Ref } from '../../shared/contract/call.ts'
import type { DocumentAction } from '../../shared/contract/documents.ts'
import { foreignFormatIds } from '../../shared/core/formats/format.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { describeDocumentPlan, describeEngineResume } from './describe/document.ts'
import { describeFindings } from './describe/findings.ts'
import { exits } from './exitCodes.ts'
import { findRun } from './references.ts'
import { section } from './text/table.ts'

type Context = CommandContext<OptionTable>

const foreign: ReadonlySet<string> = new Set(foreignFormatIds)

export function isForeign({ format }: Pick<Ref, 'format'>): boolean {
  return foreign.has(format)
}

/** The document of another engine that is meant; null: the text means something else, or nothing. */
export async function findForeign(
  where: Parameters<typeof findRun>[0],
  text: string,
): Promise<Ref | null> {
  try {
    const { ref } = await findRun(where, text)
    return isForeign(ref) ? ref : null
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

/** Shows what would be written; with a reason, writes it. */
export async function changeDocument(
  context: Context,
  ref: Ref,
  { action, reason }: { readonly action: DocumentAction; readonly reason: string | null },
): Promise<Outcome> {
  const client = await context.client()
  const planned = await client.call('document.plan', { ref, action }, context)
  const lines = describeDocumentPlan(planned.plan, context.paint)
  if (reason === null) {
    const hint = planned.plan.ready ? ['', 'Do it with --apply. Nothing was changed.'] : []
    const exit = planned.plan.ready ? exits.done : exits.notReady
    return { output: planned, lines: [...lines, ...hint], exit }
  }
  for (const line of lines) context.say(line)
  const { rev, digest, asOf } = planned
  const output = await client.call('document.apply', { ref, action, rev, digest, asOf, reason })
  const { document } = ref
  return {
    output,
    lines: [
      output.observed
        ? `Changed ${document}, and read back.`
        : `Requested: the change of ${document}. It does not read back as it was shown; look at it.`,
      ...(output.evidence ? [`Evidence of the damage: ${output.evidence}`] : []),
      `Backup: ${output.backup}. Undo: unstuck undo ${document}`,
      ...section('Findings that remain', describeFindings(output.findings, context.paint)),
    ],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

export async function undoDocument(
  context: Context,
  ref: Ref,
  backup: string | null,
): Promise<Outcome> {
  const client = await context.client()
  const output = await client.call('document.undo', { ref, backup })
  const verb = output.observed ? 'Undone, and read back' : 'Requested'
  return {
    output,
    lines: [
      `${verb}: change ${output.undone} of ${ref.document}.`,
      `What it replaced is in backup ${output.backup}.`,
    ],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

export type ResumeDocumentOptions = {
  readonly from: string | null
  readonly isPlan: boolean
  readonly isAgreed: boolean
}

/** Shows the engine's own command and what it would do; with a person's word, runs it and follows it. */
export async function resumeDocument(
  context: Context,
  ref: Ref,
  { from, isPlan, isAgreed }: ResumeDocumentOptions,
): Promise<Outcome> {
  const client = await context.client()
  const planned = await client.call('document.resume.plan', { ref, from }, context)
  const lines = describeEngineResume(planned.plan, context.paint)
  const { ready, problems } = planned.plan
  if (isPlan) return { output: planned, lines, exit: ready ? exits.done : exits.notReady }
  for (const line of lines) context.say(line)
  if (!ready)
    throw new AppError(
      'invalid-input',
      [`${ref.document} cannot go on like this.`, ...problems].join('\n  '),
    )
  await agree(context, ref, isAgreed)
  const { rev, digest, asOf } = planned
  const output = await client.call(
    'document.resume.apply',
    { ref, from, rev, digest, asOf },
    { signal: context.signal, onProgress: ({ text }) => context.write(text) },
  )
  const { before, after, exitCode, changedFiles } = output
  const ended =
    exitCode === null ? `ended by ${output.signal ?? 'a signal'}` : `ended with ${exitCode}`
  return {
    output,
    lines: [
      `The command ${ended}. ${ref.document} said ${before ?? 'nothing'}, and says ${after ?? 'nothing'} now.`,
      changedFiles.length === 0 ? 'No file changed.' : `Changed: ${changedFiles.join(', ')}`,
    ],
    exit: exitCode === 0 ? exits.done : exits.runFailed,
  }
}

async function agree(context: Context, { document }: Ref, isAgreed: boolean): Promise<void> {
  if (isAgreed) return
  if (!context.isTty || context.json) {
    const message = `This would run a command on ${document}. Look at it with --plan, then say --yes.`
    throw new AppError('invalid-input', message)
  }
  const answer = await context.ask('Run this command? [y/N] ')
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new AppError('cancelled', `Nothing was done: ${document} stays as it is.`)
}
