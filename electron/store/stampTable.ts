// What a sweep found, kept for the next one: a file costs its name and four numbers.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
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
  return Buffer.concat(stampParts(table).flat())
}

/** The same in three parts: what says how to read the others, then the names of all folders, then their numbers, in pieces. */
export function stampParts(table: StampTable): readonly (readonly Uint8Array[])[] {
  const folders = [...table.folders].map(([path, { names, rows, problems, problem }]) => {
    const told = [path, Buffer.byteLength(names), rows.length, [...problems], problem] as const
    return { names, rows, told }
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
  const names = Buffer.alloc(folders.reduce((sum, { told }) => sum + told[1], 0))
  let at = 0
  for (const folder of folders) at += names.write(folder.names, at)
  return [[sizes, head], [names], folders.map(({ rows }) => bytesOf(rows))]
}

/** Null for bytes that are no table: then everything counts as new. A wrong number in it makes a file count as changed. */
export function importStamps(bytes: Uint8Array): StampTable | null {
  if (bytes.length < headerBytes) return null
  const start = headerBytes + bufferOf(bytes).readUInt32LE(magic.length)
  const head = headOf(bytes.subarray(0, start))
  if (head === null) return null
  const rows = start + head.folders.reduce((sum, [, namesBytes]) => sum + namesBytes, 0)
  const parts = [bytes.subarray(0, start), bytes.subarray(start, rows), bytes.subarray(rows)]
  return importStampParts(parts.map((part) => Uint8Array.from(part)))
}

/** The same of the three parts, each in a buffer of its own: that of the numbers becomes the table's. */
export function importStampParts(parts: readonly Uint8Array<ArrayBuffer>[]): StampTable | null {
  const [told, text, numbers, ...rest] = parts
  if (told === undefined || text === undefined || numbers === undefined) return null
  const head = headOf(told)
  if (head === null || rest.length > 0) return null
  const folders = new Map<string, FolderStamps>()
  const texts = bufferOf(text)
  const ends = { names: 0, rows: 0 }
  for (const [path, namesBytes, rowsCount, problems, problem] of head.folders) {
    const from = { ...ends }
    ends.names += namesBytes
    ends.rows += rowsCount
    if (ends.names > text.length || ends.rows * 8 > numbers.length) return null
    const names = texts.toString('utf8', from.names, ends.names)
    if (countOf(names) * rowLength !== rowsCount) return null
    const rows = new Float64Array(numbers.buffer, from.rows * 8, rowsCount)
    folders.set(path, { names, rows, problems: new Map(problems), problem })
  }
  if (ends.names !== text.length || ends.rows * 8 !== numbers.length) return null
  return { folders, strays: new Set(head.strays), counts: new Map(head.counts) }
}

function headOf(bytes: Uint8Array): Head | null {
  const buffer = bufferOf(bytes)
  if (buffer.length < headerBytes || buffer.toString('latin1', 0, magic.length) !== magic)
    return null
  const told = buffer.subarray(headerBytes)
  if (told.length !== buffer.readUInt32LE(magic.length)) return null
  const isWhole = digest(told).equals(buffer.subarray(magic.length + 4, headerBytes))
  return isWhole ? (Head.safeParse(parseJsonIfAny(told.toString('utf8'))).data ?? null) : null
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

const magic = 'unstuck stamps 2'
const digestBytes = 32
const headerBytes = magic.length + 4 + digestBytes

/** Of what says how to read the rest; the rest needs none, because a wrong name or number only counts as a change. */
function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
