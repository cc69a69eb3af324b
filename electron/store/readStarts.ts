// The first bytes of many files, for rows that need no more of a run.
import { dirname } from 'node:path/posix'
import { AppError } from '../../shared/errors.ts'
import { archivePath, compressedPath, runOfFile } from './layout.ts'
import { absolute, checkedPath } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { explain, isMissing } from './storeErrors.ts'
import { batchOf } from './walkBatch.ts'
import { asError, type LookFailure } from './walkLook.ts'
import { dayOfFolder } from './walkRules.ts'

export type Start = { readonly bytes: Uint8Array } | { readonly problem: string }

/** In the order of the documents. A run whose head is compressed or archived gives the start of that file. */
export async function readStarts(
  context: StoreContext,
  documents: readonly string[],
  limitBytes: number,
): Promise<readonly Start[]> {
  const found = await readEach(context, documents, limitBytes)
  for (const placeOf of [compressedPath, archiveOf]) {
    const missing = [...documents.entries()].filter(([place]) => found[place] === missingStart)
    if (missing.length === 0) break
    const others = missing.map(([, document]) => placeOf(document))
    const starts = await readEach(context, others, limitBytes)
    for (const [index, [place]] of missing.entries()) found[place] = starts[index] ?? missingStart
  }
  return found
}

const missingStart: Start = { problem: 'It does not exist any more.' }

async function readEach(
  context: StoreContext,
  documents: readonly string[],
  limitBytes: number,
): Promise<Start[]> {
  const starts: Start[] = Array.from({ length: documents.length }, () => missingStart)
  const folders = new Map<string, Folder>()
  const paths: string[] = []
  const places: number[] = []
  for (const [place, document] of documents.entries()) {
    const cut = document.lastIndexOf('/')
    const name = document.slice(cut + 1)
    const parent = document.slice(0, Math.max(0, cut))
    const path = oddName.test(name) ? absolute(context, document) : null
    const folder = folders.get(parent) ?? (await lookIntoFolder(context, parent))
    folders.set(parent, folder)
    if ('problem' in folder) starts[place] = folder
    else {
      paths.push(path ?? `${folder.path}/${name}`)
      places.push(place)
    }
  }
  const read = await batchOf(context.fileSystem).startsOf(paths, limitBytes)
  for (const [index, place] of places.entries()) {
    const start = read[index]
    if (start !== undefined) starts[place] = startOf(start)
  }
  return starts
}

/** Of 100,000 documents in a few folders only the folders and odd names are checked in full. */
const oddName = /^\.{0,2}$|[\0\\:]/

function startOf(start: Uint8Array | LookFailure): Start {
  if (!('code' in start)) return { bytes: start }
  const error = asError(start)
  return isMissing(error) ? missingStart : { problem: `It cannot be read: ${explain(error)}` }
}

type Folder = { readonly path: string } | { readonly problem: string }

/** Nothing is read of a folder that is reached by a link. */
async function lookIntoFolder(context: StoreContext, folder: string): Promise<Folder> {
  if (folder === '') return { path: context.root }
  absolute(context, folder)
  try {
    return { path: await checkedPath(context, folder) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { problem: error.message }
  }
}

/** Where the archive of a run would be; of any other document the path itself, where nothing is. */
function archiveOf(document: string): string {
  const day = dayOfFolder(dirname(document))
  const run = runOfFile(document.slice(document.lastIndexOf('/') + 1))
  return day === null || run === null ? document : archivePath(day, run)
}
