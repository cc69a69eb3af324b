import type { Duplicate, TextEdit } from './scanState.ts'

/** Slices of the source, with the edits between them, up to `end`, and what closes it. */
export function assemble(
  source: string,
  {
    end,
    edits,
    closers,
  }: { readonly end: number; readonly edits: readonly TextEdit[]; readonly closers: string },
): string {
  // Not joined: an engine puts such a text together without copying the slices.
  let text = ''
  let copied = 0
  for (const edit of edits) {
    text += source.slice(copied, edit.start) + edit.text
    copied = edit.end
  }
  return text + source.slice(copied, end) + closers
}

/** The edits, and the earlier members of keys that stand twice as deletions: what was changed inside them goes with them. */
export function withoutDuplicates(
  edits: readonly TextEdit[],
  duplicates: readonly Duplicate[],
): readonly TextEdit[] {
  const merged: TextEdit[] = []
  let gone = 0
  for (const edit of inOrder(edits, duplicates)) {
    // The comma that was put in behind a member that goes is at its end, and goes too.
    const isGone = edit.start < gone || (edit.start === gone && edit.start === edit.end && gone > 0)
    if (isGone) continue
    merged.push(edit)
    if (edit.isDuplicate === true) gone = edit.end
  }
  return merged
}

/** In the order of the text; what is put in before a piece comes before it, and the wider piece before those inside it. */
function inOrder(edits: readonly TextEdit[], duplicates: readonly Duplicate[]) {
  const deletions = duplicates.map(({ start, end }): TextEdit => ({
    start,
    end,
    text: '',
    isDuplicate: true,
  }))
  return [...edits, ...deletions].toSorted(
    (one, other) => one.start - other.start || width(one) - width(other) || other.end - one.end,
  )
}

/** 0 for what is put in between. */
function width({ start, end }: TextEdit): number {
  return start === end ? 0 : 1
}
