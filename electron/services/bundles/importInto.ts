// Makes runs of another workspace of this machine out of those of the bundle that is open here.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import type { OpenedBundle } from './bundleDesk.ts'
import { applyFrom, planFrom, type Unpacked } from './importBundle.ts'

export function planImportInto(
  context: ServiceContext,
  { workspace, ...input }: HandlerInput<'bundle.into.plan'>,
): Promise<CallOutput<'bundle.into.plan'>> {
  return within(context, workspace, (target, bundle) => planFrom(target, input, bundle))
}

/** [X96] */
export function applyImportInto(
  context: ServiceContext,
  { workspace, ...input }: HandlerInput<'bundle.into.apply'>,
  options: HandlerOptions<'bundle.into.apply'>,
): Promise<CallOutput<'bundle.into.apply'>> {
  return within(context, workspace, (target, bundle) => applyFrom(target, input, bundle, options))
}

/** The other workspace is open as long as the work takes. */
async function within<T>(
  context: ServiceContext,
  path: string,
  work: (target: ServiceContext, bundle: Unpacked) => Promise<T>,
): Promise<T> {
  const { bundle, recent, openOther } = context
  if (bundle === undefined)
    throw new AppError('invalid-input', 'No bundle is open here: import one from its file.')
  if (recent === undefined || openOther === undefined) throw oneWorkspace(bundle)
  if (!recent.list().some((one) => one.path === path))
    throw new AppError('not-found', `${path} was not open here lately. Open it once, then return.`)
  const { context: target, close } = await openOther(path)
  try {
    if (target.workspace.document !== null || path === bundle.file)
      throw new AppError('invalid-input', `${path} is one file. Import into a folder.`)
    if (!target.store.access.writable)
      throw new AppError('read-only', `${path} cannot be written: ${target.store.access.reason}`)
    const { manifest, damage, sealed } = bundle.reading
    const digest = `sha256:${context.sha256(JSON.stringify(manifest))}`
    const { name } = bundle
    return await work(target, { manifest, damage, sealed, name, digest, store: context.store })
  } finally {
    await close()
  }
}

/** A browser reaches the one workspace that it is served. */
function oneWorkspace({ name }: OpenedBundle): AppError {
  const message = `This host shows one workspace. Import on its machine: unstuck import ${name} --apply --workspace FOLDER`
  return new AppError('invalid-input', message)
}
