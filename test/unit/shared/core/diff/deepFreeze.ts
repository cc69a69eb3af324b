/** Freezes a value and all that is in it: whoever changes an input fails at once. */
export function deepFreeze<T>(value: T): T {
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.isFrozen(value) ||
    ArrayBuffer.isView(value)
  )
    return value
  Object.freeze(value)
  for (const inside of Object.values(value)) deepFreeze(inside)
  return value
}
