import { useMemo } from 'react'
import type { OutcomeRow } from '../../../shared/contract/call.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { countRuns, doneSentence } from './batchText.ts'
import styles from './Batch.module.css'

export type BatchOutcomeProps = {
  readonly rows: readonly OutcomeRow[]
  readonly sentence: string
  /** How many wait until somebody has looked at these. */
  readonly left: number
}

/** What came of each, those in trouble first. */
export function BatchOutcome({ rows, sentence, left: waiting }: BatchOutcomeProps) {
  const sorted = useMemo(() => {
    const isDone = ({ outcome, cause }: OutcomeRow) => outcome === 'done' && cause === null
    return [...rows.filter((row) => !isDone(row)), ...rows.filter(isDone)]
  }, [rows])
  const done = rows.filter(({ outcome }) => outcome === 'done').length
  const left = rows.length - done
  return (
    <>
      <p className={styles.sentence}>
        <StatusWord status={left === 0 ? 'done' : 'attention'} />{' '}
        <output>
          {doneSentence(done, sentence)}
          {left > 0 && ` ${formatCount(left)} of ${formatCount(rows.length)} were not.`}
        </output>
      </p>
      {waiting > 0 && (
        <p className={styles.sentence}>
          {`${countRuns(waiting)} not touched yet: look at what came of this one first.`}
        </p>
      )}
      <div className={styles.table}>
        <DataTable
          label="What came of each"
          columns={columns}
          rows={sorted}
          keyOf={(row) => row.item}
        />
      </div>
    </>
  )
}

const columns: readonly DataColumn<OutcomeRow>[] = [
  {
    id: 'outcome',
    header: 'Outcome',
    width: 160,
    cell: ({ outcome }) => <StatusWord status={outcome} />,
  },
  { id: 'run', header: 'Run', width: 370, cell: ({ item }) => <code title={item}>{item}</code> },
  {
    id: 'cause',
    header: 'Why',
    width: 240,
    grow: true,
    cell: ({ cause }) => <span title={cause ?? undefined}>{cause}</span>,
  },
]
