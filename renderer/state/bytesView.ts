// A window on the bytes of a file: read around a place, and grown at either end.
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { CallOutput } from '../../shared/contract/contract.ts'

type Slice = CallOutput<'run.raw'>
export type BytesReady = { readonly kind: 'ready' } & Pick<
  Slice,
  'text' | 'offset' | 'nextOffset' | 'sizeBytes' | 'written'
>
export type BytesView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | BytesReady

export type ReadSlice = (offset: number, limitBytes: number) => Promise<Slice>

/** Never throws: what cannot be read is a view that says why. */
export async function readAround(read: ReadSlice, byte: number): Promise<BytesView> {
  return shown(() => read(Math.max(0, byte - marginBytes), windowBytes))
}

export async function readEarlier(read: ReadSlice, bytes: BytesReady): Promise<BytesView> {
  const offset = Math.max(0, bytes.offset - windowBytes)
  return shown(async () => {
    const slice = await read(offset, bytes.offset - offset)
    return { ...bytes, text: slice.text + bytes.text, offset: slice.offset }
  })
}

export async function readLater(
  read: ReadSlice,
  bytes: BytesReady & { readonly nextOffset: number },
): Promise<BytesView> {
  return shown(async () => {
    const slice = await read(bytes.nextOffset, windowBytes)
    return { ...bytes, text: bytes.text + slice.text, nextOffset: slice.nextOffset }
  })
}

/** Whether a byte is in sight. */
export function showsByte(bytes: BytesView, byte: number): boolean {
  return (
    bytes.kind === 'ready' && byte >= bytes.offset && byte <= (bytes.nextOffset ?? bytes.sizeBytes)
  )
}

async function shown(read: () => Promise<Slice>): Promise<BytesView> {
  try {
    return { kind: 'ready', ...(await read()) }
  } catch (error) {
    return { kind: 'failed', error: toAppError(error) }
  }
}

const windowBytes = 65_536
/** What is shown before the first damage. */
const marginBytes = 16_384
