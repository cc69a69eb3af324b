import type { ResumeBatchRow } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { encodeRoute, routeOfRef } from '../../state/route.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { rowLooks } from './batchText.ts'
import styles from './ResumeManyPage.module.css'
import { SaidText } from './SaidText.tsx'

export const manyColumns: readonly DataColumn<ResumeBatchRow>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 300,
    least: 180,
    cell: (row) => (
      <a className={styles.run} href={encodeRoute(routeOfRef(row))} tabIndex={-1}>
        {row.document}
      </a>
    ),
  },
  { id: 'workflow', header: 'Workflow', width: 140, yields: 1, cell: (row) => row.workflow ?? '–' },
  {
    id: 'outcome',
    header: 'What would be done',
    width: 150,
    cell: (row) => <StatusWord {...rowLooks[row.outcome]} size="s" />,
  },
  {
    id: 'sentence',
    header: 'Why, or how',
    width: 300,
    least: 160,
    grow: true,
    cell: ({ sentence, runs }) => (
      <SaidText text={sentence ?? `${runs} ${runs === 1 ? 'step runs' : 'steps run'}.`} />
    ),
  },
]
