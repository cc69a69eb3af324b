import { readFile } from 'node:fs/promises'
import type { CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

/** Names a file of the host. No setting of a workspace: whoever has the archives would have the name of their key. */
const variable = 'UNSTUCK_ARCHIVE_PASSPHRASE_FILE'

/**
 * [X97] To which a clean-up encrypts what it archives: what was given with it, else the first line of the file that the host
 * was told; null: it does not. Read anew each time. Throws `invalid-input` rather than to archive in the clear.
 */
export async function archivePassphrase(
  { environment }: Pick<ServiceContext, 'environment'>,
  asked: { readonly given: string | null | undefined; readonly policy: CleanupPolicy },
): Promise<string | null> {
  if (asked.policy.archive === null) return null
  if (typeof asked.given === 'string') return asked.given
  const file = environment?.[variable] ?? ''
  if (file === '') return null
  const [line = ''] = (await textOf(file)).split(/\r?\n/)
  if (line !== '') return line
  throw refused('the first line of its file is empty')
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw refused('its file cannot be read', cause)
  }
}

function refused(why: string, cause?: unknown): AppError {
  const message = `Nothing was cleaned up: archives are to be encrypted, and ${why}. Look at the file that ${variable} names, or unset it.`
  return new AppError('invalid-input', message, { variable }, { cause })
}
