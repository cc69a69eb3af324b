/** As many as fit into one message; the first one always does. */
export function withinMessage<T>(rows: readonly T[]): readonly T[] {
  let left = messageCharacters
  const end = rows.findIndex((row) => {
    left -= JSON.stringify(row).length
    return left < 0
  })
  return end === -1 ? rows : rows.slice(0, Math.max(1, end))
}

/** A character takes at most six bytes in a message, and most take one. */
export const messageCharacters = 150_000
