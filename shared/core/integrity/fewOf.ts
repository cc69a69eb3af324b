const mostShown = 50

/** [I23] The first breaches of a rule; the last of them says how many more there are. */
export function fewOf<T extends { readonly sentence: string }>(
  breaches: readonly T[],
): readonly T[] {
  const shown = breaches.slice(0, mostShown)
  const last = shown.at(-1)
  const more = breaches.length - shown.length
  if (last === undefined || more === 0) return shown
  return shown.with(shown.length - 1, {
    ...last,
    sentence: `${last.sentence} (${more} more like this.)`,
  })
}
