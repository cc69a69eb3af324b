/** For sorting, the smaller first; equal ones keep their order. */
export function compare<T extends string | number | bigint>(one: T, other: T): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
