import type { ErrorGroup } from '../../../shared/contract/errors.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { ErrorWord } from './ErrorWord.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorColumnsOptions = {
  readonly shown: (text: string) => string
  /** In few letters, what it says first. */
  readonly labelOf: (error: string) => string
}

/** An error a row: where it stands, how many runs are left, and when the last of them failed. */
export function errorColumns({
  shown,
  labelOf,
}: ErrorColumnsOptions): readonly DataColumn<ErrorGroup>[] {
  return [
    {
      id: 'state',
      header: 'State',
      width: 116,
      cell: ({ standing }) => <ErrorWord standing={standing} />,
    },
    {
      id: 'error',
      header: 'Error',
      width: 360,
      least: 120,
      grow: true,
      cell: ({ error }) => (
        <span className={styles.error} title={shown(error)}>
          {shown(labelOf(error))}
        </span>
      ),
    },
    {
      id: 'left',
      header: 'Left',
      width: 60,
      align: 'end',
      cell: ({ left }) => formatCount(left),
    },
    {
      id: 'runs',
      header: 'Failed',
      width: 84,
      yields: 1,
      align: 'end',
      cell: ({ runs }) => formatCount(runs),
    },
    {
      id: 'lastAt',
      header: 'Last',
      width: 70,
      yields: 2,
      align: 'end',
      cell: ({ lastAt }) => <AgeText since={lastAt} precision="coarse" />,
    },
  ]
}
