// Masks a log while it is read: whole lines at a time, so that nothing is cut in two, and never more than a few of them.
import type { Redactor } from '../../../shared/core/bundle/redactor.ts'

/** [B58] Pieces in which nothing is masked keep their bytes, whatever they are. */
export async function* maskedParts(
  parts: AsyncIterable<Uint8Array>,
  { redactor, file }: { readonly redactor: Redactor; readonly file: string },
): AsyncGenerator<Uint8Array> {
  let waiting = Buffer.alloc(0)
  let line = 1
  const masked = (bytes: Buffer): Uint8Array => {
    const text = bytes.toString('utf8')
    const shown = redactor.text(text, { file, place: `from line ${line}` })
    line += linesIn(bytes)
    return shown === text ? bytes : Buffer.from(shown)
  }
  for await (const part of parts) {
    waiting = Buffer.concat([waiting, part])
    const end = endOfLines(waiting)
    if (end === 0) continue
    yield masked(waiting.subarray(0, end))
    waiting = waiting.subarray(end)
  }
  if (waiting.byteLength > 0) yield masked(waiting)
}

/** Behind the last whole line; of one line that is longer than anybody reads, behind its last blank. */
function endOfLines(bytes: Buffer): number {
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end > 0 || bytes.byteLength < longestLine) return end
  return bytes.lastIndexOf(0x20) + 1 || bytes.byteLength
}

function linesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1
  return count
}

const longestLine = 1024 * 1024
