// What a thread that may stand still does in one go: a folder with its files, the starts of many files.
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { child, openFlags } from './nodeFileSystem.ts'
import { asFailure, createColumns, type FolderLook, type LookFailure } from './walkLook.ts'
import { chooseChildren } from './walkRules.ts'

export function lookNow(root: string, folder: string): FolderLook | LookFailure {
  const path = join(root, folder)
  try {
    const children = readdirSync(path, { withFileTypes: true }).map(child)
    return lookAtFiles(path, chooseChildren(folder, children))
  } catch (error) {
    return asFailure(error)
  }
}

function lookAtFiles(folder: string, chosen: ReturnType<typeof chooseChildren>): FolderLook {
  const columns = createColumns(chosen)
  const { files } = chosen
  for (let place = 0; place < files.length; place += 1) {
    try {
      columns.set(place, lstatSync(`${folder}/${files[place]}`))
    } catch (error) {
      columns.fail(place, asFailure(error))
    }
  }
  return columns.look()
}

/** The starts of many files behind one another, and how long each is; -1: see the failure of that place. */
export type Starts = {
  readonly bytes: Uint8Array
  readonly lengths: Int32Array
  readonly failures: ReadonlyMap<number, LookFailure>
}

export function readStartsNow(paths: readonly string[], limitBytes: number): Starts {
  const bytes = new Uint8Array(paths.length * limitBytes)
  const lengths = new Int32Array(paths.length)
  const failures = new Map<number, LookFailure>()
  let at = 0
  for (let place = 0; place < paths.length; place += 1) {
    try {
      const length = readStart(paths[place] ?? '', { bytes, at, limitBytes })
      lengths[place] = length
      at += length
    } catch (error) {
      failures.set(place, asFailure(error))
      lengths[place] = -1
    }
  }
  return { bytes, lengths, failures }
}

function readStart(
  path: string,
  into: { readonly bytes: Uint8Array; readonly at: number; readonly limitBytes: number },
): number {
  const { bytes, at, limitBytes } = into
  const descriptor = openSync(path, openFlags.read)
  try {
    let filled = 0
    while (filled < limitBytes) {
      const count = readSync(descriptor, bytes, at + filled, limitBytes - filled, filled)
      if (count === 0) break
      filled += count
    }
    return filled
  } finally {
    closeSync(descriptor)
  }
}

export function unpackStarts({
  bytes,
  lengths,
  failures,
}: Starts): readonly (Uint8Array | LookFailure)[] {
  let at = 0
  return Array.from(lengths, (length, place) => {
    const failure = failures.get(place)
    if (failure !== undefined) return failure
    at += length
    return bytes.subarray(at - length, at)
  })
}
