// Takes the text out of a document that another engine keeps compressed.
import { promisify } from 'node:util'
import { gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib'

export type Unpacked =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  | { readonly kind: 'broken'; readonly problem: string }

/** Bytes of a document, decompressed where its name says so. Never more than `limitBytes` come of it. */
export async function unpack(
  document: string,
  bytes: Uint8Array,
  limitBytes: number,
): Promise<Unpacked> {
  const packing = packingOf(document)
  if (packing === null || bytes.byteLength === 0) return { kind: 'ok', bytes }
  try {
    return { kind: 'ok', bytes: await packing.unpack(bytes, { maxOutputLength: limitBytes }) }
  } catch (error) {
    return { kind: 'broken', problem: whyNot(error, packing.name, limitBytes) }
  }
}

/** Bytes as they are kept under this name. */
export async function pack(document: string, bytes: Uint8Array): Promise<Uint8Array> {
  return (await packingOf(document)?.pack(bytes)) ?? bytes
}

type Packing = {
  readonly name: string
  readonly unpack: (
    bytes: Uint8Array,
    options: { readonly maxOutputLength: number },
  ) => Promise<Uint8Array>
  readonly pack: (bytes: Uint8Array) => Promise<Uint8Array>
}

const packings: readonly { readonly ending: RegExp; readonly packing: Packing }[] = [
  {
    ending: /\.gz$/i,
    packing: { name: 'gzip', unpack: promisify(gunzip), pack: (bytes) => promisify(gzip)(bytes) },
  },
  {
    ending: /\.zst$/i,
    packing: {
      name: 'zstd',
      unpack: promisify(zstdDecompress),
      pack: (bytes) => promisify(zstdCompress)(bytes),
    },
  },
]

export function packingOf(document: string): Packing | null {
  return packings.find(({ ending }) => ending.test(document))?.packing ?? null
}

function whyNot(error: unknown, name: string, limitBytes: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return `It holds more than ${Math.round(limitBytes / 1e6)} MB when it is decompressed, too many to be read at once.`
  if (code === 'Z_BUF_ERROR' || code === 'ZSTD_error_srcSize_wrong')
    return `Its ${name} data ends early: the file was cut.`
  return `It is no whole ${name} data (${code === '' ? String(error) : code}).`
}
