// Takes out of compressed bytes what can be taken out, also where their end is missing or their sum does not fit.
import { pipeline } from 'node:stream/promises'
import { Readable, Writable, type Transform } from 'node:stream'
import { constants, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { packingOf, unpack } from './unpack.ts'

export type LooselyUnpacked = {
  readonly bytes: Uint8Array
  /** What its bytes are compressed with, whatever its name says. */
  readonly packing: 'gzip' | 'zstd' | null
  /** What is wrong with how it is compressed, as a sentence; null: nothing is. */
  readonly problem: string | null
  /** False: all of it is there, and only its name says otherwise. */
  readonly isLossy: boolean
}

/** [F360] Never throws for what the bytes are. At most `limitBytes` come of it. */
export async function unpackDamaged(
  document: string,
  bytes: Uint8Array,
  limitBytes: number,
): Promise<LooselyUnpacked> {
  const named = packingOf(document)?.name ?? null
  const found = packings.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte))
  if (found === undefined) {
    const problem = `It is not compressed, although its name says so. It is written with ${named}.`
    const isSo = named === null || bytes.length === 0
    return { bytes, packing: null, problem: isSo ? null : problem, isLossy: false }
  }
  const { packing, ending } = found
  const whole = await unpack(`it${ending}`, bytes, limitBytes)
  if (whole.kind === 'ok') {
    const how = named === null ? 'as plain text' : `with ${named}`
    const problem = `It is compressed with ${packing}, and its name says otherwise. It is written ${how}.`
    return {
      bytes: whole.bytes,
      packing,
      problem: named === packing ? null : problem,
      isLossy: false,
    }
  }
  const rest = 'What can be read of it is shown, and nothing proves it.'
  return {
    bytes: await unpackStart(found.stream(), found.body(bytes), limitBytes),
    packing,
    problem: `${whole.problem} ${rest}`,
    isLossy: true,
  }
}

const packings = [
  {
    packing: 'gzip',
    ending: '.gz',
    magic: [0x1f, 0x8b],
    // Without its frame: a sum that does not fit would keep the last piece back.
    stream: () => createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH }),
    body: (bytes: Uint8Array) => bytes.subarray(gzipHeaderBytes(bytes)),
  },
  {
    packing: 'zstd',
    ending: '.zst',
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    stream: () => createZstdDecompress(),
    body: (bytes: Uint8Array) => bytes,
  },
] as const

/** What comes before it breaks. */
async function unpackStart(
  stream: Transform,
  bytes: Uint8Array,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let left = limitBytes
  const collect = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(chunk.subarray(0, left))
      left -= Math.min(left, chunk.byteLength)
      done(left === 0 ? new Error('That is enough.') : null)
    },
  })
  // That it breaks is known, and what came before it is all that is asked for.
  await Promise.allSettled([pipeline(Readable.from([bytes]), stream, collect)])
  return Buffer.concat(chunks)
}

/** RFC 1952: ten bytes, then what its flags announce. */
function gzipHeaderBytes(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  let at = 10
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  if ((flags & 8) !== 0) at = behindZero(bytes, at)
  if ((flags & 16) !== 0) at = behindZero(bytes, at)
  return (flags & 2) === 0 ? at : at + 2
}

function behindZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from)
  return zero === -1 ? bytes.length : zero + 1
}
