export type DiffPiece = { readonly text: string; readonly isChanged: boolean }
export type WordDiff = {
  readonly before: readonly DiffPiece[]
  readonly after: readonly DiffPiece[]
}

/** Above this many pairs of words the middle is shown as one change: it would take longer to compute than to read. */
const maxPairs = 250_000

/** Which words of two texts differ. The pieces of each side, put together, are that text again. */
export function wordDiff(before: string, after: string): WordDiff {
  const left = wordsOf(before)
  const right = wordsOf(after)
  const start = commonStart(left, right)
  const end = commonEnd(left.slice(start), right.slice(start))
  const middle = alignMiddle(
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
  )
  const head = left.slice(0, start).join('')
  const tail = end === 0 ? '' : left.slice(-end).join('')
  return {
    before: merge([same(head), ...middle.before, same(tail)]),
    after: merge([same(head), ...middle.after, same(tail)]),
  }
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []
}

function commonStart(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count += 1
  return count
}

function commonEnd(left: readonly string[], right: readonly string[]): number {
  let count = 0
  const max = Math.min(left.length, right.length)
  while (count < max && left[left.length - 1 - count] === right[right.length - 1 - count])
    count += 1
  return count
}

function alignMiddle(left: readonly string[], right: readonly string[]): WordDiff {
  if (left.length * right.length > maxPairs) {
    return { before: [changed(left.join(''))], after: [changed(right.join(''))] }
  }
  const longest = commonLengths(left, right)
  const before: DiffPiece[] = []
  const after: DiffPiece[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const word = left[i]
    const other = right[j]
    if (word !== undefined && word === other) {
      before.push(same(word))
      after.push(same(word))
      i += 1
      j += 1
    } else if (
      other === undefined ||
      (word !== undefined && at(longest, i + 1, j) >= at(longest, i, j + 1))
    ) {
      before.push(changed(word ?? ''))
      i += 1
    } else {
      after.push(changed(other))
      j += 1
    }
  }
  return { before, after }
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1))
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint32Array()
    for (let j = right.length - 1; j >= 0; j -= 1) {
      row[j] =
        left[i] === right[j]
          ? at(rows, i + 1, j + 1) + 1
          : Math.max(at(rows, i + 1, j), at(rows, i, j + 1))
    }
  }
  return rows
}

function at(rows: readonly Uint32Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

function same(text: string): DiffPiece {
  return { text, isChanged: false }
}

function changed(text: string): DiffPiece {
  return { text, isChanged: true }
}

function merge(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const merged: DiffPiece[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (piece.text === '') continue
    if (last?.isChanged === piece.isChanged) {
      merged[merged.length - 1] = { ...last, text: last.text + piece.text }
    } else merged.push(piece)
  }
  return merged
}
