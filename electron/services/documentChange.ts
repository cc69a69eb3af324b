// Changes the files of another engine's state where they lie: planned again, backed up, replaced together, read back.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { DocumentAction } from '../../shared/contract/documents.ts'
import type { FileChange } from '../../shared/core/formats/format.ts'
import { AppError } from '../../shared/errors.ts'
import type { LoggedChange } from '../../shared/schema/operation.ts'
import type { DocumentReplacement } from '../store/documentStore.ts'
import type { ServiceContext } from './context.ts'
import { documentEvidence } from './documentEvidence.ts'
import { makeDocumentPlan, type MadeDocumentPlan } from './documentPlan.ts'
import { logged } from './logged.ts'
import { requireApproved } from './planned.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { requireWorkspace } from './refs.ts'
import { settingsChanged } from './writeSettings.ts'
import { pack } from './unpack.ts'

/** [E180] */
export async function applyDocumentChange(
  context: ServiceContext,
  input: HandlerInput<'document.apply'>,
): Promise<CallOutput<'document.apply'>> {
  const { document } = input.ref
  const made = await makeDocumentPlan(context, input)
  requireApproved(made.shown, input, document)
  if (!made.shown.plan.ready) throw notReady(document, made.shown.plan.problems)
  const changes = await Promise.all(made.changes.map(replacementOf))
  const revs = await revsOf(context, made)
  const evidence = input.action.kind === 'repair' ? await documentEvidence(context, made) : null
  const backup = await logged(
    context,
    {
      call: `document.${input.action.kind}`,
      item: document,
      reason: input.reason,
      file: { before: document, after: document },
    },
    () =>
      context.store.replaceDocuments(document, {
        changes,
        revs,
        reason: input.reason,
        ...(evidence === null ? {} : { evidence }),
      }),
    ({ id }) => ({ changes: toldChanges(input.action), undo: undoOf(document, id) }),
  )
  context.emit('runs.changed', { runs: null })
  const { findings } = await openDocumentKind(context, input.ref)
  return {
    backup: backup.id,
    observed: await areThere(context, changes),
    findings: findings.slice(0, 200),
    evidence: evidence === null ? null : `${evidenceName} in backup ${backup.id}`,
  }
}

const evidenceName = 'evidence.tar.zst'

/** [E181] */
export async function undoDocumentChange(
  context: ServiceContext,
  input: HandlerInput<'document.undo'>,
): Promise<CallOutput<'document.undo'>> {
  requireWorkspace(context, input.ref)
  const { document } = input.ref
  const undone = input.backup ?? (await lastChange(context, document))
  const backup = await logged(
    context,
    { call: 'document.undo', item: document, file: { before: document, after: document } },
    () => context.store.restoreDocuments(document, { backup: undone, reason: `undo of ${undone}` }),
    ({ id }) => ({ undo: undoOf(document, id) }),
  )
  if (document === 'unstuck.json') await settingsChanged(context)
  context.emit('runs.changed', { runs: null })
  const [last] = await context.store.documentBackups(document)
  return { undone, backup: backup.id, observed: last?.id === backup.id && last.state === 'done' }
}

function undoOf(document: string, backup: string) {
  return { call: 'document.undo', item: document, target: backup } as const
}

async function lastChange(context: ServiceContext, document: string): Promise<string> {
  const backups = await context.store.documentBackups(document)
  const last = backups.find(
    ({ state, reason }) => state === 'done' && !reason.startsWith('undo of'),
  )
  if (last !== undefined) return last.id
  throw new AppError('not-found', `${document} has no change that could be undone.`, { document })
}

function notReady(document: string, problems: readonly string[]): AppError {
  const message = `${document} is not changed: ${problems.join(' ')}`
  return new AppError('invalid-input', message, { document, problems })
}

async function replacementOf({ path, text, why }: FileChange): Promise<DocumentReplacement> {
  if (text === null) return { path, bytes: null, why }
  return { path, bytes: await pack(path, new TextEncoder().encode(text)), why }
}

/** What the plan was made from; a file that was not read, and is now to be written, is taken as it is now. */
async function revsOf(
  context: ServiceContext,
  { state, changes }: MadeDocumentPlan,
): Promise<ReadonlyMap<string, string | null>> {
  const revs = new Map<string, string | null>(state.revs)
  for (const { path } of changes) if (!revs.has(path)) revs.set(path, await revNow(context, path))
  return revs
}

async function revNow({ store }: ServiceContext, path: string): Promise<string | null> {
  try {
    return (await store.readDocument(path)).rev
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

async function areThere(
  context: ServiceContext,
  changes: readonly DocumentReplacement[],
): Promise<boolean> {
  for (const { path, bytes } of changes) {
    const rev = await revNow(context, path)
    if (bytes === null ? rev !== null : rev === null) return false
    if (bytes === null) continue
    const now = await context.store.readDocument(path)
    if (!Buffer.from(now.bytes).equals(bytes)) return false
  }
  return true
}

/** Of an edit the values, as they were typed. */
function toldChanges(action: DocumentAction): readonly LoggedChange[] {
  if (action.kind !== 'edit') return []
  return action.edits.flatMap((edit) => {
    if (!('path' in edit)) return []
    const after = 'json' in edit ? edit.json.slice(0, 200) : null
    return [{ path: edit.path, before: null, after }]
  })
}
