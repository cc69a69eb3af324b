// Puts runs into one file: what would be in it and what is masked is shown first, then it is made and waits to be taken.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import type { BundleManifest } from '../../../shared/core/bundle/manifest.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { requireApproved } from '../planned.ts'
import { bundleName, makeBundleFile } from './bundleFile.ts'
import { planOfBundle } from './bundlePlan.ts'
import { distinct } from './gatherDocuments.ts'
import { requireBundleDesk } from './requireBundleDesk.ts'

type Input = HandlerInput<'bundle.export.plan'>
type Options = HandlerOptions<'bundle.export.plan'>

export async function planBundle(
  context: ServiceContext,
  input: Input,
  options: Options,
): Promise<CallOutput<'bundle.export.plan'>> {
  const { shown, manifest } = await planOfBundle(context, input, options)
  const remembered = requireBundleDesk(context).shown
  if (shown.plan.ready) remembered.set(keyOf(input, shown), manifest)
  for (const [oldest] of remembered) if (remembered.size > mostShown) remembered.delete(oldest)
  return shown
}

/** [B59] Between two lines of the operations log. */
export async function noteBundle(
  context: ServiceContext,
  input: HandlerInput<'bundle.export.apply'>,
  write: () => Promise<CallOutput<'bundle.export.apply'>>,
): Promise<CallOutput<'bundle.export.apply'>> {
  const { redact, reason, asOf } = input
  if (!redact && reason === null)
    throw new AppError('invalid-input', 'Say why nothing is to be masked: a reason is needed.')
  // What is masked is a reading: a workspace that nobody can write is taken along as well.
  if (!context.store.access.writable && redact) return write()
  const runs = [...new Set(input.runs)]
  const [first = ''] = runs
  const documents = distinct(input.documents)
  const named = { runs: runs.map((id) => ({ id })), documents }
  const item = bundleName({ ...named, madeAt: asOf ?? context.now() })
  const run = runs.length === 1 && documents.length === 0 ? first : null
  return logged(context, { call: 'bundle.export', item, run, reason, file: null }, write)
}

/** Makes the file of what was shown. Whoever asks for it notes it. */
export async function applyBundle(
  context: ServiceContext,
  input: HandlerInput<'bundle.export.apply'>,
  options: HandlerOptions<'bundle.export.apply'>,
): Promise<CallOutput<'bundle.export.apply'>> {
  const { passphrase } = input
  const manifest =
    requireBundleDesk(context).shown.get(keyOf(input, input)) ??
    (await planAgain(context, input, options))
  const name = bundleName(manifest)
  return makeBundleFile(context, { name, manifest, input, passphrase }, options)
}

/**
 * A manifest that was shown need not be made again: what is written is held against it byte for byte, so a run that changed
 * meanwhile makes no bundle.
 */
function keyOf(
  { runs, documents, logs, backups, redact, paths }: Input,
  { rev, digest }: { readonly rev: string; readonly digest: string },
): string {
  return JSON.stringify([rev, digest, runs, documents, logs, backups, redact, paths])
}

async function planAgain(
  context: ServiceContext,
  input: HandlerInput<'bundle.export.apply'>,
  options: Options,
): Promise<BundleManifest> {
  const { shown, manifest } = await planOfBundle(context, input, options)
  requireApproved(shown, input, 'A run of the bundle')
  if (shown.plan.ready) return manifest
  throw new AppError('invalid-input', shown.plan.problems[0] ?? 'No run can be put into it.')
}

const mostShown = 4
