import type { BatchEditRow } from '../../../shared/core/edit/editPlan.ts'
import { useMask } from '../../state/useMask.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { RunName } from '../../ui/RunName.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './EditManyPage.module.css'

/** Before and after of each run; the path says whether what stands there is a secret. */
export const editManyColumns = (path: string): readonly DataColumn<BatchEditRow>[] => [
  {
    id: 'run',
    header: 'Run',
    width: 260,
    cell: (row) => <RunName id={row.run} />,
  },
  {
    id: 'outcome',
    header: 'Would be',
    width: 100,
    cell: (row) => <StatusWord {...looks[row.outcome]} size="s" />,
  },
  {
    id: 'before',
    header: 'Before',
    width: 140,
    yields: 1,
    cell: (row) => <Value path={path} json={row.before} />,
  },
  {
    id: 'after',
    header: 'After',
    width: 140,
    cell: (row) => <Value path={path} json={row.after} />,
  },
  {
    id: 'sentence',
    header: 'Mind',
    width: 200,
    grow: true,
    cell: (row) => <span title={row.sentence ?? undefined}>{row.sentence}</span>,
  },
]

function Value({ path, json }: { readonly path: string; readonly json: string | null }) {
  const mask = useMask()
  const text = json === null ? null : mask.value(path, json)
  return (
    <span className={styles.item} title={text ?? undefined}>
      {text ?? '—'}
    </span>
  )
}

const looks = {
  ready: { status: 'changed', word: 'edited' },
  unchanged: { status: 'skipped', word: 'the same' },
  refused: { status: 'error', word: 'refused' },
} as const satisfies Record<BatchEditRow['outcome'], { status: string; word: string }>
