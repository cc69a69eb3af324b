// What the screen shows of the repair of a document beside the files: its damaged bytes, and the document as it would be.
import type { DocumentPlan } from '../../shared/contract/documents.ts'
import { placesOf } from '../../shared/core/codec/placesOf.ts'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import type {
  FileChange,
  FileSet,
  FormatRepair,
  RepairItem,
} from '../../shared/core/formats/format.ts'
import { documentDamage } from '../../shared/core/formats/view/documentDamage.ts'
import { shownText } from '../../shared/core/repair/shownText.ts'
import { tokensOf } from '../../shared/schema/pointer.ts'

type Chosen = {
  readonly repairs: readonly FormatRepair[]
  readonly repair: string | null
  readonly changes: readonly FileChange[]
  /** Of the way that is chosen, or of one that is not enough. */
  readonly items: readonly RepairItem[]
}

/** [F362] */
export function shownRepair(
  set: FileSet,
  { repairs, repair, changes, items }: Chosen,
): Pick<DocumentPlan, 'damage' | 'proposed' | 'places'> {
  const changed = changes.find(({ path }) => path === set.document)
  // Where another file alone changes, such as a description, the document stays as it is.
  const text =
    changed === undefined && repair !== null ? set.texts.get(set.document) : changed?.text
  return {
    damage: documentDamage(set, { repairs, items }),
    proposed: text === undefined || text === null ? null : shownText(text),
    places: text === undefined || text === null ? [] : itemPlaces(text, items),
  }
}

/** The line of the value that an item is about, as far as that stands where it stood. */
function itemPlaces(text: string, items: readonly RepairItem[]): DocumentPlan['places'] {
  const placed = items
    .slice(0, mostPlaces)
    .flatMap(({ id, pointer, isAccepted }) =>
      pointer === null || pointer === '' || !isAccepted ? [] : [{ id, path: tokensOf(pointer) }],
    )
  // In a text with a value a line a path tells a value of its line.
  const places =
    scanJson(text) === null
      ? placesOf(
          text,
          placed.map(({ path }) => path),
        )
      : []
  return placed.flatMap(({ id }, index) => {
    const place = places[index]
    return place === undefined ? [] : [{ fix: id, line: place.line }]
  })
}

const mostPlaces = 200
