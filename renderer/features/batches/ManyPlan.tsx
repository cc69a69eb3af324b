import { useState } from 'react'
import type {
  ResumeBatchPlan,
  ResumeRowOutcome,
} from '../../../shared/core/batch/resumeBatchPlan.ts'
import { rowsShown, type ResumeManyState } from '../../state/resumeManyStore.ts'
import { routeOfRef } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { rowLooks, runCount } from './batchText.ts'
import { ManyOptions } from './ManyOptions.tsx'
import { ManyQuestion } from './ManyQuestion.tsx'
import { manyColumns } from './manyColumns.tsx'
import styles from './ResumeManyPage.module.css'

export type ManyPlanProps = { readonly plan: ResumeBatchPlan; readonly state: ResumeManyState }

const order: readonly ResumeRowOutcome[] = ['ready', 'asks', 'blocked', 'unneeded']

export function ManyPlan({ plan, state }: ManyPlanProps) {
  const mask = useMask()
  const { go } = useNavigation()
  const [selected, setSelected] = useState<string | null>(null)
  const { counts, questions, reasons, commands, rows, total } = plan
  return (
    <div className={styles.scroll}>
      <ul className={styles.counts} aria-label="What would become of the runs">
        {order.map((outcome) => (
          <li key={outcome} className={styles.count} data-outcome={outcome}>
            <strong>{formatCount(counts[outcome] ?? 0)}</strong>
            <StatusWord {...rowLooks[outcome]} />
          </li>
        ))}
      </ul>
      {questions.length > 0 && (
        <Panel title="Decide once for all" count={questions.length}>
          <div className={styles.questions}>
            {questions.map((question) => (
              <ManyQuestion
                key={`${question.workflow} ${question.step}`}
                question={question}
                state={state}
              />
            ))}
          </div>
        </Panel>
      )}
      {commands.length > 0 && (
        <Panel title="Resumed by the command of their own engine">
          <ul className={styles.list}>
            {commands.map(({ format, command, count }) => (
              <li key={format}>
                {runCount(count)} ({format}): <code>{mask.text(command)}</code>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {reasons.length > 0 && (
        <Panel title="Left out, and why">
          <ul className={styles.list}>
            {reasons.map(({ outcome, sentence, count, documents }) => (
              <li key={`${outcome} ${sentence}`} title={documents.join('\n')}>
                <StatusWord status={rowLooks[outcome].status} word={runCount(count)} size="s" />
                <span>{mask.text(sentence)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <ManyOptions state={state} />
      <section className={styles.rows} aria-label="Runs">
        <div className={styles.table}>
          <DataTable
            label="Runs"
            columns={manyColumns}
            rows={rows}
            keyOf={({ document }) => document}
            selected={selected}
            onSelect={({ document }) => setSelected(document)}
            onOpen={(row) => go(routeOfRef(row))}
          />
        </div>
        {total > rows.length && (
          <p className={styles.quiet}>
            {`The first ${rowsShown} of ${runCount(total)}. The counts above are of all of them.`}
          </p>
        )}
      </section>
    </div>
  )
}
