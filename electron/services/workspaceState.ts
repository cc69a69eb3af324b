import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { lastCleanup } from './cleanupSettings.ts'
import type { ServiceContext } from './context.ts'

export async function getWorkspace(context: ServiceContext): Promise<CallOutput<'workspace.get'>> {
  const { store, workspace, application, settings } = context
  return {
    id: workspace.id,
    name: context.bundle?.name ?? workspace.name,
    // The folder in which a bundle was unpacked says nothing to anybody.
    path: context.bundle === undefined ? store.root : null,
    document: workspace.document,
    writable: store.access.writable,
    readOnlyReason: store.access.writable ? null : store.access.reason,
    trusted: await context.trust.isTrusted(),
    isSample: workspace.isSample,
    application,
    settingsProblem: settings.problem,
    lastCleanup: await lastCleanup(context),
    bundle: context.bundle?.facts ?? null,
    redaction: settings.value.redaction,
  }
}

/** Shows it in the file manager. */
export async function revealWorkspace({
  reveal,
  ...context
}: ServiceContext): Promise<CallOutput<'workspace.reveal'>> {
  reveal?.(openedPath(context))
  return { shown: reveal !== undefined }
}

/** The folder, the bundle, or the one file that was opened. */
export function openedPath({
  store,
  workspace,
  bundle,
}: Pick<ServiceContext, 'store' | 'workspace' | 'bundle'>): string {
  if (bundle !== undefined) return bundle.file
  return workspace.document === null ? store.root : `${store.root}/${workspace.document}`
}

/** Says whether steps may be executed here, and reads it back. */
export async function trustWorkspace(
  context: ServiceContext,
  input: HandlerInput<'workspace.trust'>,
): Promise<CallOutput<'workspace.trust'>> {
  await context.trust.setTrusted(input.trusted)
  context.emit('workspace.changed', {})
  context.emit('runs.changed', { runs: null })
  return getWorkspace(context)
}
