// Memory for what is written next, used again for what comes after: making 20 KB of it anew costs as much as their digest.

/** What it holds lies in one piece, and stays valid until the next `add` or `clear`. */
export type TextRoom = {
  clear(): void
  /** Adds a text as UTF-8. */
  add(text: string): void
  /** What was added, behind the first `from` bytes. */
  bytes(from?: number): Buffer
  sizeBytes(): number
}

export function createTextRoom(): TextRoom {
  let room: Buffer = Buffer.alloc(0)
  let used = 0
  return {
    clear: () => {
      used = 0
      if (room.byteLength > mostKeptBytes) room = Buffer.alloc(0)
    },
    add: (text) => {
      // No text takes more than three bytes a character: it is only counted where that is too much.
      if (used + text.length * 3 > room.byteLength) room = withSpace(room, used, text)
      used += room.write(text, used, 'utf8')
    },
    bytes: (from = 0) => room.subarray(from, used),
    sizeBytes: () => used,
  }
}

function withSpace(room: Buffer, used: number, text: string): Buffer {
  const total = used + Buffer.byteLength(text)
  if (total <= room.byteLength) return room
  const larger = Buffer.allocUnsafeSlow(Math.max(firstBytes, total + (total >> 1)))
  room.copy(larger, 0, 0, used)
  return larger
}

const firstBytes = 8 * 1024
const mostKeptBytes = 256 * 1024
