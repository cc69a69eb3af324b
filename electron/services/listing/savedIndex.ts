// The rows and stamps of a workspace as bytes, for the next start. Bytes that do not fit in any way are no index.
import { z } from 'zod'
import { crc32 } from 'node:zlib'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import { listCalls } from '../../../shared/contract/runList.ts'
import { importStampParts, stampParts, type StampTable } from '../../store/stampTable.ts'
import { byteColumns, columnsOf, numberColumns, textColumns, type Columns } from './columns.ts'
import { createRowTable, type RowTable } from './rowTable.ts'
import { longer } from './pooledTexts.ts'
import { createTextPool } from './textPool.ts'

export type SavedIndex = { readonly rows: RowTable; readonly stamps: StampTable }

/** Where an index outlives the host. What cannot be used of it is not there: `load` and `firstPage` give null. */
export type IndexCache = {
  readonly load: () => Promise<SavedIndex | null>
  readonly save: (index: SavedIndex, firstPage: FirstPage) => Promise<void>
  /** Quickly: it is kept by itself. */
  readonly firstPage: () => Promise<FirstPage | null>
}

/** The page that is shown first, as it was when it was saved. */
export type FirstPage = CallOutput<'run.list'>

const Header = z.object({
  version: z.string(),
  rows: z.int().min(0),
  oddTexts: z.array(z.tuple([z.int(), z.string()])),
  oddPaths: z.array(z.tuple([z.int(), z.string()])),
  flaws: z.array(z.tuple([z.int(), z.int()])),
  sizes: z.array(z.int().min(0)),
})

/** Pieces of a file: a checksum over all that follows, the header's size, the header, and the parts of which it says the sizes. */
export function encodeIndex({ rows, stamps }: SavedIndex, version: string): readonly Uint8Array[] {
  const saved = rows.save()
  const [texts, paths] = [saved.pools.texts.save(), saved.pools.paths.save()]
  const parts: readonly (readonly Uint8Array[])[] = [
    ...columnParts(saved.columns, saved.rows).map((part) => [part]),
    [bytesOf(texts.ends)],
    [bytesOf(paths.ends)],
    [texts.bytes],
    [paths.bytes],
    ...stampParts(stamps),
  ]
  const pieces = parts.flat()
  const header: Header = {
    version: shapeOf(version),
    rows: saved.rows,
    oddTexts: texts.odd.map(([code, text]) => [code, text]),
    oddPaths: paths.odd.map(([code, text]) => [code, text]),
    flaws: [...saved.flaws],
    sizes: parts.map((part) => part.reduce((sum, { byteLength }) => sum + byteLength, 0)),
  }
  const told = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(startBytes)
  start.writeUInt32LE(told.byteLength, sumBytes)
  start.writeUInt32LE(checksumOf([start.subarray(sumBytes), told, ...pieces]), 0)
  return [start, told, ...pieces]
}

/** The next bytes of a file, in an array of their own; null when there are not so many. */
export type ReadNext = (sizeBytes: number) => Promise<Uint8Array<ArrayBuffer> | null>

/** Null for what another version wrote: its rows may have another shape. Each part is read to where it stays. */
export async function decodeIndex(next: ReadNext, version: string): Promise<SavedIndex | null> {
  const start = await next(startBytes)
  if (start === null) return null
  const told = await next(Buffer.from(start).readUInt32LE(sumBytes))
  const header = told === null ? null : headerOf(told)
  if (told === null || header?.version !== shapeOf(version)) return null
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (const size of header.sizes) {
    const part = await next(size)
    if (part === null) return null
    parts.push(part)
  }
  const sum = checksumOf([start.subarray(sumBytes), told, ...parts])
  return sum === Buffer.from(start).readUInt32LE(0) ? indexOf(header, parts) : null
}

type Header = z.infer<typeof Header>

/** Bytes that were changed may be no header any more. */
function headerOf(told: Uint8Array): Header | null {
  try {
    return Header.safeParse(JSON.parse(Buffer.from(told).toString())).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function indexOf(header: Header, parts: readonly Uint8Array<ArrayBuffer>[]): SavedIndex | null {
  const { rows, oddTexts, oddPaths, flaws } = header
  const [textEnds, pathEnds, textBytes, pathBytes, ...told] = parts.slice(columnCount)
  if (textEnds === undefined || pathEnds === undefined) return null
  if (textBytes === undefined || pathBytes === undefined) return null
  const stamps = importStampParts(told)
  if (stamps === null) return null
  // Its names are strings now. Bytes that wait for a collection would be there for long.
  for (const part of told) if (!holdsNumbers(stamps, part)) longer(part, 0)
  const texts = { ends: new Uint32Array(textEnds.buffer), bytes: textBytes, odd: oddTexts }
  const paths = { ends: new Uint32Array(pathEnds.buffer), bytes: pathBytes, odd: oddPaths }
  const table = createRowTable({
    columns: columnsOf(parts.slice(0, columnCount).map(({ buffer }) => buffer)),
    rows,
    flaws: new Map(flaws),
    pools: {
      texts: createTextPool(texts),
      paths: createTextPool(paths),
    },
  })
  return { rows: table, stamps }
}

function holdsNumbers({ folders }: StampTable, { buffer }: Uint8Array): boolean {
  return [...folders.values()].some(({ rows }) => rows.buffer === buffer)
}

const sumBytes = 4
const startBytes = sumBytes + 4
const columnNames = [...textColumns, ...numberColumns, ...byteColumns]
const columnCount = columnNames.length

/** The version with its columns: while one is worked on, rows of yesterday may have others. */
function shapeOf(version: string): string {
  return [version, ...columnNames, 'flaws'].join(' ')
}

/** Against bytes that were changed by chance: of forty megabytes a digest would take longer than to write them. */
function checksumOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), 0)
}

function columnParts(columns: Columns, rows: number): readonly Uint8Array[] {
  return columnNames.map((name) => bytesOf(columns[name].subarray(0, rows)))
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Its checksum on a line, then the page. */
export function encodeFirstPage(page: FirstPage, version: string): Uint8Array {
  const text = JSON.stringify({ version, page })
  return Buffer.from(`${checksumOf([Buffer.from(text)])}\n${text}`)
}

export function decodeFirstPage(bytes: Buffer, version: string): FirstPage | null {
  const end = bytes.indexOf('\n')
  const text = bytes.subarray(end + 1)
  if (end === -1 || bytes.toString('latin1', 0, end) !== String(checksumOf([text]))) return null
  const saved = SavedPage.safeParse(JSON.parse(text.toString()))
  return saved.success && saved.data.version === version ? saved.data.page : null
}

const SavedPage = z.object({ version: z.string(), page: listCalls['run.list'].output })
