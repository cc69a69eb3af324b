// The one way in which `unstuck.json` is changed: with a backup, a line in the operations log that takes it back, and read back.
import { settingsFile } from '../../shared/core/settings/settingsFindings.ts'
import type { LoggedChange } from '../../shared/schema/operation.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readSettingsFile } from './readMappings.ts'

export type SettingsWrite = {
  readonly call: string
  /** What it is about; left out: the file itself. */
  readonly item?: string
  readonly text: string
  /** Of the file that the text was made from; null: there was none. */
  readonly rev: string | null
  /** For whoever looks at the backup. */
  readonly reason: string
  readonly changes?: readonly LoggedChange[]
}

export type SettingsWritten = {
  readonly backup: string
  readonly rev: string
  /** The file was found as it was written. */
  readonly observed: boolean
}

export async function writeSettings(
  context: ServiceContext,
  { call, item = settingsFile, text, rev, reason, changes }: SettingsWrite,
): Promise<SettingsWritten> {
  const bytes = new TextEncoder().encode(text)
  const backup = await logged(
    context,
    { call, item, file: { before: settingsFile, after: settingsFile } },
    () =>
      context.store.replaceDocuments(settingsFile, {
        changes: [{ path: settingsFile, bytes, why: 'the settings' }],
        revs: new Map([[settingsFile, rev]]),
        reason,
      }),
    ({ id }) => ({
      ...(changes === undefined ? {} : { changes }),
      undo: { call: 'document.undo', item: settingsFile, target: id },
    }),
  )
  await settingsChanged(context)
  const written = await readSettingsFile(context.store)
  return { backup: backup.id, rev: written.rev ?? '', observed: written.text === text }
}

/** What was written is in force at once, and is kept for the next start; whoever holds the settings tells the screens. */
export async function settingsChanged(context: ServiceContext): Promise<void> {
  await context.reloadSettings?.()
  await context.keepSettings?.()
}
