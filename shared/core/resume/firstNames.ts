/** `load, mail`, and of very many the first dozen and how many more. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - mostNamed
  return names.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const mostNamed = 12
