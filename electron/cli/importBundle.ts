import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { describeBundleImport } from './describe/bundle.ts'
import { describeRows } from './describe/rows.ts'
import { exitOfRows, exits } from './exitCodes.ts'
import { readPassphrase } from './passphrase.ts'
import { sayProgress } from './sayProgress.ts'
import { sendFile } from './sendFile.ts'

/** The runs of a bundle as runs of this workspace. */
export async function importBundle(
  context: Pick<CommandContext<OptionTable>, 'client' | 'cwd' | 'ask' | 'signal' | 'say'>,
  {
    path,
    isApplied,
    runs,
    passphraseFile,
  }: {
    readonly path: string
    readonly isApplied: boolean
    readonly runs: readonly string[]
    readonly passphraseFile: string | undefined
  },
): Promise<Outcome> {
  const { signal } = context
  const passphrase = await readPassphrase(passphraseFile, context)
  const client = await context.client()
  const upload = await sendFile(client, path)
  const chosen = runs.map((run) => parseId(run))
  const input = { upload, passphrase, runs: chosen.length === 0 ? null : chosen }
  const planned = await client.call('bundle.import.plan', input, { signal })
  const lines = describeBundleImport(planned.plan)
  const { rev, digest, asOf, plan } = planned
  if (!isApplied || !plan.ready) {
    const hint = plan.ready ? ['', 'Do it: the same command with --apply'] : []
    return {
      output: planned,
      lines: [...lines, ...hint],
      exit: plan.ready ? exits.done : exits.notReady,
    }
  }
  const approved = { ...input, rev, digest, asOf }
  const onProgress = sayProgress(context)
  const output = await client.call('bundle.import.apply', approved, { signal, onProgress })
  return {
    output,
    lines: [...lines, ...describeRows(output.rows)],
    exit: exitOfRows(output.rows),
  }
}

function parseId(text: string): RunId {
  const id = RunId.safeParse(text)
  if (id.success) return id.data
  throw new AppError('invalid-input', `"${text}" is no run id.`)
}
