/**
 * Sorts rows by a whole number each, stable; rows without one (NaN) come last. `keys` are by row. Linear in the rows: four
 * passes at most, where comparing would take seventeen.
 */
export function radixSort(
  rows: Int32Array,
  keys: Float64Array,
  options: { readonly descending: boolean },
): Int32Array {
  const { least, most } = bounds(rows, keys)
  const range = most - least
  const digits = new Float64Array(keys.length)
  for (const row of rows) {
    const key = keys[row] ?? Number.NaN
    digits[row] = Number.isNaN(key) ? range + 1 : options.descending ? most - key : key - least
  }
  let sorted = rows
  for (let unit = 1; unit <= range + 1; unit *= radix) sorted = sortByDigit(sorted, digits, unit)
  return sorted === rows ? rows.slice() : sorted
}

const radix = 2 ** 16

function bounds(rows: Int32Array, keys: Float64Array): { least: number; most: number } {
  let least = Infinity
  let most = -Infinity
  for (const row of rows) {
    const key = keys[row] ?? Number.NaN
    if (key < least) least = key
    if (key > most) most = key
  }
  return least > most ? { least: 0, most: 0 } : { least, most }
}

function sortByDigit(rows: Int32Array, digits: Float64Array, unit: number): Int32Array {
  const counts = new Int32Array(radix + 1)
  const places = new Uint16Array(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const digit = Math.floor((digits[rows[at] ?? 0] ?? 0) / unit) % radix
    places[at] = digit
    counts[digit + 1] = (counts[digit + 1] ?? 0) + 1
  }
  for (let digit = 0; digit < radix; digit++)
    counts[digit + 1] = (counts[digit + 1] ?? 0) + (counts[digit] ?? 0)
  const sorted = new Int32Array(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const digit = places[at] ?? 0
    const place = counts[digit] ?? 0
    sorted[place] = rows[at] ?? 0
    counts[digit] = place + 1
  }
  return sorted
}
