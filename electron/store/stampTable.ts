// What a sweep found, kept for the next one: a file costs its name and four numbers.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { rowLength } from './walkLook.ts'

export type StampTable = {
  /** By path relative to the root. */
  folders: ReadonlyMap<string, FolderStamps>
  /** Paths of files that have a run's name and are documents, because the run lives in another day folder. */
  strays: ReadonlySet<string>
  /** How many entries each section has. */
  counts: ReadonlyMap<string, number>
}

export type FolderStamps = {
  readonly names: string
  readonly rows: Float64Array
  /** Why a file could not be looked at, by its place. */
  readonly problems: ReadonlyMap<number, string>
  /** Why the folder could not be opened. */
  readonly problem: string | null
}

export function createStampTable(): StampTable {
  return { folders: new Map(), strays: new Set(), counts: new Map() }
}

/** The table as bytes, for a cache. */
export function exportStamps(table: StampTable): Uint8Array {
  return Buffer.concat(stampParts(table))
}

/** The same in pieces of which none is large: what says how to read the others, then names and numbers of each folder. */
export function stampParts(table: StampTable): readonly Uint8Array[] {
  const folders = [...table.folders].map(([path, { names, rows, problems, problem }]) => {
    const bytes = Buffer.from(names)
    return { bytes, rows, told: [path, bytes.length, rows.length, [...problems], problem] as const }
  })
  const head = Buffer.from(
    JSON.stringify({
      folders: folders.map(({ told }) => told),
      strays: [...table.strays],
      counts: [...table.counts],
    }),
  )
  const sizes = Buffer.alloc(headerBytes)
  sizes.write(magic, 'latin1')
  sizes.writeUInt32LE(head.length, magic.length)
  digest(head).copy(sizes, magic.length + 4)
  return [
    Buffer.concat([sizes, head]),
    ...folders.flatMap(({ bytes, rows }) => [bytes, bytesOf(rows)]),
  ]
}

/** Null for bytes that are no table: then everything counts as new. A wrong number in it makes a file count as changed. */
export function importStamps(bytes: Uint8Array): StampTable | null {
  if (bytes.length < headerBytes) return null
  const start = headerBytes + bufferOf(bytes).readUInt32LE(magic.length)
  const told = bytes.subarray(0, start)
  const head = headOf(told)
  if (head === null) return null
  const parts: Uint8Array<ArrayBuffer>[] = [Uint8Array.from(told)]
  let at = start
  for (const [, namesBytes, rowsCount] of head.folders) {
    for (const size of [namesBytes, rowsCount * 8]) {
      parts.push(Uint8Array.from(bytes.subarray(at, at + size)))
      at += size
    }
  }
  return at === bytes.length ? importStampParts(parts) : null
}

/** The same of pieces, each in a buffer of its own: those of numbers become the table's. */
export function importStampParts(parts: readonly Uint8Array<ArrayBuffer>[]): StampTable | null {
  const [told, ...rest] = parts
  const head = told === undefined ? null : headOf(told)
  if (head === null || rest.length !== head.folders.length * 2) return null
  const folders = new Map<string, FolderStamps>()
  for (const [index, [path, namesBytes, rowsCount, problems, problem]] of head.folders.entries()) {
    const [text, numbers] = rest.slice(index * 2, index * 2 + 2)
    if (text?.length !== namesBytes || numbers?.length !== rowsCount * 8) return null
    const names = bufferOf(text).toString('utf8')
    const rows = new Float64Array(numbers.buffer)
    if (countOf(names) * rowLength !== rowsCount) return null
    folders.set(path, { names, rows, problems: new Map(problems), problem })
  }
  return { folders, strays: new Set(head.strays), counts: new Map(head.counts) }
}

function headOf(bytes: Uint8Array): Head | null {
  const buffer = bufferOf(bytes)
  if (buffer.length < headerBytes || buffer.toString('latin1', 0, magic.length) !== magic)
    return null
  const told = buffer.subarray(headerBytes)
  if (told.length !== buffer.readUInt32LE(magic.length)) return null
  const isWhole = digest(told).equals(buffer.subarray(magic.length + 4, headerBytes))
  return isWhole ? readHead(told) : null
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function countOf(names: string): number {
  if (names === '') return 0
  let count = 1
  for (let at = names.indexOf('/'); at !== -1; at = names.indexOf('/', at + 1)) count += 1
  return count
}

function bytesOf(rows: Float64Array): Uint8Array {
  return new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
}

function readHead(bytes: Buffer): Head | null {
  try {
    return Head.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const Head = z.object({
  folders: z.array(
    z.tuple([
      z.string(),
      z.number().int().min(0),
      z.number().int().min(0),
      z.array(z.tuple([z.number(), z.string()])),
      z.string().nullable(),
    ]),
  ),
  strays: z.array(z.string()),
  counts: z.array(z.tuple([z.string(), z.number()])),
})
type Head = z.infer<typeof Head>

const magic = 'unstuck stamps 1'
const digestBytes = 32
const headerBytes = magic.length + 4 + digestBytes

/** Of what says how to read the rest; the rest needs none, because a wrong name or number only counts as a change. */
function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
