// Adds lines to the small logs beside the runs.
import { dirname } from 'node:path'
import type { OpenFile } from './fileSystem.ts'
import { encodeText, readRange, writeAll } from './files.ts'
import { adoptOwner, checkedPath, makeFolders, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'

/** Appends one line in one write, behind a newline when the line before was cut short. */
export async function appendLine(
  context: StoreContext,
  relative: string,
  options: { readonly line: string; readonly durable: boolean },
): Promise<void> {
  try {
    await makeFolders(context, dirname(relative))
    const path = await checkedPath(context, relative)
    const isNew = (await statusOf(context, relative)) === null
    const file = await context.fileSystem.open(path, 'append')
    try {
      const start = (await endsWhole(file)) ? '' : '\n'
      await writeAll(file, encodeText(`${start}${options.line}\n`))
      if (options.durable) await file.syncData()
    } finally {
      await file.close()
    }
    if (isNew) await adoptOwner(context, path, dirname(path))
    if (isNew && options.durable) await context.fileSystem.syncFolder(dirname(path))
  } catch (error) {
    throw asWriteError(error, `${relative} could not be written`)
  }
}

async function endsWhole(file: OpenFile): Promise<boolean> {
  const { sizeBytes } = await file.status()
  if (sizeBytes === 0) return true
  const last = await readRange(file, sizeBytes - 1, 1)
  return last[0] === newlineByte
}

const newlineByte = 0x0a
