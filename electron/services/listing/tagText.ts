// The tags of a run as one text of a column. A tag has no line feed: it is trimmed, and one with a line feed in it is two.

/** Null: it has none. */
export function joinTags(tags: readonly string[]): string | null {
  return tags.length === 0 ? null : `\n${tags.join('\n')}\n`
}

export function splitTags(text: string | null): readonly string[] {
  return text === null ? [] : text.split('\n').filter((tag) => tag !== '')
}
