import { findingRoute } from '../../state/findingRoute.ts'
import type { CheckedFinding } from '../../state/checkTally.ts'
import { encodeRoute, routeOfRef, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { RunName } from '../../ui/RunName.tsx'
import styles from './CheckPage.module.css'

export const findingColumns: readonly DataColumn<CheckedFinding>[] = [
  { id: 'item', header: 'Run or document', width: 290, cell: (row) => <Item row={row} /> },
  {
    id: 'sentence',
    header: 'What was found',
    width: 420,
    least: 160,
    grow: true,
    cell: (row) => <Sentence text={row.sentence} />,
  },
  {
    id: 'place',
    header: 'Where',
    width: 190,
    cell: (row) => {
      const place = placeOf(row)
      return <span title={place}>{place}</span>
    },
  },
]

/** Null: it lies in nothing that can be opened. */
export function routeOfFinding({ ref, finding }: CheckedFinding): Route | null {
  if (ref === null) return null
  const route = routeOfRef(ref)
  return finding === null ? route : findingRoute(route, finding)
}

function Item({ row }: { readonly row: CheckedFinding }) {
  const route = routeOfFinding(row)
  if (route === null) return <span title={row.item}>{row.item}</span>
  return (
    <a className={styles.item} href={encodeRoute(route)} tabIndex={-1} aria-label={row.item}>
      <RunName id={row.item} />
    </a>
  )
}

function Sentence({ text }: { readonly text: string }) {
  const shown = useMask().text(text)
  return <span title={shown}>{shown}</span>
}

function placeOf({ finding }: CheckedFinding): string {
  if (finding === null) return ''
  const { file, line, column, pointer, state } = finding
  const inText = line === null ? null : `${line}:${column ?? 1}`
  return [file, inText, state ?? pointer].filter(Boolean).join(' · ')
}
