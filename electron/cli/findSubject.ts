import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable } from './command.ts'
import { findRun, insideWorkspace, readRows, type Where } from './references.ts'

type Context = Pick<CommandContext<OptionTable>, 'client' | 'openHost' | 'workspace' | 'cwd'> &
  Pick<Where, 'passphrase'>
export type Found = { readonly client: Client; readonly row: RunRow }

/** What `RUN|FILE` means. A file outside the workspace is opened on its own. */
export async function findSubject(context: Context, text: string): Promise<Found> {
  const path = resolve(context.cwd, text)
  if (insideWorkspace(path, context) === null && kindOf(path) === 'file') {
    return openFile(context, path)
  }
  const client = await context.client()
  return { client, row: await findRun({ ...context, client }, text) }
}

export function kindOf(path: string): 'file' | 'folder' | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return null
  return found.isDirectory() ? 'folder' : 'file'
}

async function openFile(context: Context, path: string): Promise<Found> {
  const host = await context.openHost(path, 'cli')
  const client = host.client()
  const [row] = await readRows(client, {})
  if (row) return { client, row }
  throw new AppError('not-found', `${path} is no state document that can be shown.`, { path })
}
