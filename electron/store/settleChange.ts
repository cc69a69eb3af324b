// Ends a change that was cut short: finished where every file is as before or as after, else left as it is and told.
import { basename, dirname } from 'node:path'
import { writeChange, type ChangeRecord } from './documentChanges.ts'
import { putContent } from './documentFiles.ts'
import { absolute } from './paths.ts'
import { childrenOf, readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { orGone } from './storeErrors.ts'
import { findOwnerState, parseTemporaryName } from './temporaryName.ts'

/** Under the document's lock. */
export async function settleChange(context: StoreContext, change: ChangeRecord): Promise<void> {
  for (const { path } of change.files) await removeTemporaries(context, path)
  const found = await Promise.all(
    change.files.map(async (file) => ({
      file,
      now: (await readDocumentOrNull(context, file.path))?.rev ?? null,
    })),
  )
  const isOurs = found.every(({ file, now }) => now === file.before || now === file.after)
  if (!isOurs) return writeChange(context, { ...change, state: 'left' })
  const hasBegun = found.some(({ file, now }) => now === file.after && file.before !== file.after)
  if (!hasBegun) return writeChange(context, { ...change, state: 'undone' })
  for (const { file, now } of found)
    if (now !== file.after) await putContent(context, { change, file })
  return writeChange(context, { ...change, state: 'done' })
}

/** What the process was writing when it ended: the same content waits among the backups. */
async function removeTemporaries(context: StoreContext, path: string): Promise<void> {
  const folder = dirname(path)
  const names = folder === '.' ? await namesAtTop(context) : await childrenOf(context, folder)
  for (const name of names) {
    const parsed = parseTemporaryName(name)
    if (parsed?.base !== basename(path)) continue
    if ((await findOwnerState(context.machine, parsed)) === 'gone')
      await removeIfThere(context, folder === '.' ? name : `${folder}/${name}`)
  }
}

async function namesAtTop({ fileSystem, root }: StoreContext): Promise<readonly string[]> {
  return (await fileSystem.list(root)).map(({ name }) => name)
}

async function removeIfThere(context: StoreContext, path: string): Promise<void> {
  await orGone(() => context.fileSystem.remove(absolute(context, path)))
}
