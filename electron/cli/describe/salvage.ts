import type { Salvage, SalvagePlace } from '../../../shared/core/repair/salvage/salvageResult.ts'
import { printable, shortened } from '../text/printable.ts'
import { count } from '../text/quantities.ts'

/** What it came to, then a line for each item and each part that is in no certain value. */
export function describeSalvage(
  file: string,
  { kind, items, fragments, certainEnd, source, stopped }: Salvage,
  out: string | undefined,
): readonly string[] {
  const share = source.length === 0 ? 0 : Math.floor((certainEnd / source.length) * 100)
  const summary = {
    whole: `${file} is JSON.`,
    salvaged: `${file} is damaged: ${share} % of it is certain.`,
    nothing: `${file} is damaged, and nothing in it is certain.`,
  }[kind]
  return [
    summary,
    ...items.map(
      (item) =>
        `${item.confidence.padEnd(7)} ${placeOf(item)} ${printable(item.sentence)}${
          item.without === null ? '' : ` [${item.id}]`
        }`,
    ),
    ...fragments.map(
      (fragment) =>
        `${fragment.isUntrusted ? 'untrusted' : 'part'} ${placeOf(fragment)} ${count(fragment.sizeBytes, 'byte')}: ${shortened(fragment.shown, 60)}`,
    ),
    ...(stopped === null ? [] : [stopped]),
    ...(out === undefined ? [] : [`The document is in ${out}.`]),
  ]
}

function placeOf({ line, column, offset, pointer }: SalvagePlace): string {
  const path = pointer === null || pointer === '' ? '' : ` ${printable(pointer)}`
  return `${line}:${column} (byte ${offset})${path}`
}
