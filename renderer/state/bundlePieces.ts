// A bundle between this page and the host, in pieces of what a message may carry.
import { bundlePieceBytes } from '../../shared/contract/bundles.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'

/** What was made at the host, as a file of this page. */
export async function fetchBundle(
  client: Client,
  download: string,
  signal: AbortSignal,
): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const input = { download, offset }
    const piece: CallOutput<'bundle.read'> = await client.call('bundle.read', input, { signal })
    pieces.push(Uint8Array.from(atob(piece.bytes), (sign) => sign.codePointAt(0) ?? 0))
    offset = piece.nextOffset
  }
  return new Blob(pieces, { type: 'application/octet-stream' })
}

/** Returns what the host knows it by. */
export async function sendBundle(
  client: Client,
  file: File,
  options: { readonly signal: AbortSignal; readonly onProgress: (sent: number) => void },
): Promise<string> {
  let upload: string | null = null
  for (let offset = 0; upload === null || offset < file.size;) {
    const piece = await file.slice(offset, offset + bundlePieceBytes).arrayBuffer()
    const input = { upload, name: nameOf(file), offset, bytes: base64(new Uint8Array(piece)) }
    const { signal } = options
    const sent: CallOutput<'bundle.receive'> = await client.call('bundle.receive', input, {
      signal,
    })
    upload = sent.upload
    offset = sent.sizeBytes
    options.onProgress(offset)
  }
  return upload
}

function nameOf({ name }: File): string {
  const plain = name.replaceAll(/[/\\\p{Cc}]/gu, '_').slice(0, 200)
  return plain === '' ? 'bundle.unstuck' : plain
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += partBytes)
    parts.push(String.fromCodePoint(...bytes.subarray(at, at + partBytes)))
  return btoa(parts.join(''))
}

/** Of the arguments of one call. */
const partBytes = 8 * 1024
