// What is kept of a change of another engine's files: copies of what was there, what was to be written, and how far it came.
import { z } from 'zod'
import { RunId } from '../../shared/schema/ids.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { replaceFile } from './atomicWrite.ts'
import { decodeText, digestOf, encodeText } from './files.ts'
import { backupFolder, places } from './layout.ts'
import { childrenOf, readDocumentOrNull } from './readStoredRun.ts'
import { isEntryId } from './entryId.ts'
import type { StoreContext } from './storeContext.ts'

/** `begun`: some files may be as before and some as after. `left`: somebody else wrote one of them meanwhile. */
export const ChangeState = z.enum(['begun', 'done', 'undone', 'left'])
export type ChangeState = z.infer<typeof ChangeState>

/** Written when copies and new contents are durable, before the first file is replaced. */
export const ChangeRecord = z.looseObject({
  id: z.string(),
  document: z.string(),
  at: z.string(),
  reason: z.string(),
  state: ChangeState,
  files: z.array(
    z.looseObject({
      path: z.string(),
      why: z.string(),
      /** Digests of the file before and after; null: there is none. */
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})
export type ChangeRecord = z.infer<typeof ChangeRecord>

/** The name under which locks and backups of a document stand: any path, in the letters of a run's id. */
export function documentKey(document: string): RunId {
  const digest = digestOf(document).slice('sha256:'.length)
  return RunId.parse(`${keyStart}${digest.slice(0, 24)}`)
}

const keyStart = 'document-'

export async function writeChange(context: StoreContext, change: ChangeRecord): Promise<void> {
  const bytes = encodeText(`${JSON.stringify(change, null, 2)}\n`)
  await replaceFile(context, `${changeFolder(change)}/${changeName}`, bytes)
}

/** Null where none is kept, or it cannot be understood. */
export async function readChange(
  context: StoreContext,
  key: RunId,
  id: string,
): Promise<ChangeRecord | null> {
  const path = `${backupFolder(key)}/${id}/${changeName}`
  const stored = await readDocumentOrNull(context, path)
  if (stored === null) return null
  const change = ChangeRecord.safeParse(parseJsonIfAny(decodeText(stored.bytes)))
  return change.success && change.data.id === id ? change.data : null
}

/** All that is kept of one document, oldest first. */
export async function readChanges(
  context: StoreContext,
  key: RunId,
): Promise<readonly ChangeRecord[]> {
  const ids = (await childrenOf(context, backupFolder(key))).filter(isEntryId)
  const changes = await Promise.all(ids.map((id) => readChange(context, key, id)))
  return changes.filter((change) => change !== null)
}

/** Names of all documents of which changes are kept. */
export async function listKeys(context: StoreContext): Promise<readonly RunId[]> {
  const names = await childrenOf(context, places.backups)
  return names.flatMap((name) => {
    const parsed = RunId.safeParse(name)
    return name.startsWith(keyStart) && parsed.success ? [parsed.data] : []
  })
}

/** Where the new content of a file waits until the file is replaced. */
export function newContentPath(
  change: Pick<ChangeRecord, 'document' | 'id'>,
  path: string,
): string {
  return `${changeFolder(change)}/new/${path}`
}

function changeFolder({ document, id }: Pick<ChangeRecord, 'document' | 'id'>): string {
  return `${backupFolder(documentKey(document))}/${id}`
}

const changeName = 'change.json'
