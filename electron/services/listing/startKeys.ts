/** Numbers of the bytes of each text behind what all of them begin with; by row. False where a byte is none of ASCII. */
export function putStartKeys(
  { bytes, ends }: { readonly bytes: Uint8Array; readonly ends: Uint32Array },
  { rows, codes, keys }: { rows: Int32Array; codes: Int32Array; keys: Float64Array },
): boolean {
  const startOf = (row: number): number => startAt(ends, codes[row] ?? 0)
  const endOf = (row: number): number => Math.max(startOf(row), (ends[codes[row] ?? 0] ?? 1) - 1)
  const first = bytes.subarray(startOf(rows[0] ?? 0), endOf(rows[0] ?? 0))
  let shared = first.length
  for (const row of rows) {
    const start = startOf(row)
    shared = Math.min(shared, endOf(row) - start)
    let at = 0
    while (at < shared && bytes[start + at] === first[at]) at++
    shared = at
  }
  let bits = 0
  for (const row of rows) {
    const start = startOf(row) + shared
    const end = endOf(row)
    let key = 0
    for (let at = start; at < start + keyBytes; at++) {
      const byte = at < end ? (bytes[at] ?? 0) : 0
      bits |= byte
      key = key * 128 + byte
    }
    keys[row] = key
  }
  return bits < 128
}

/** Seven bits each: a number keeps 53 exactly. */
const keyBytes = 7

function startAt(ends: Uint32Array, code: number): number {
  return code === 0 ? 0 : (ends[code - 1] ?? 0)
}
