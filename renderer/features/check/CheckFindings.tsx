import { shownRule, type CheckResult } from '../../state/checkStore.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import styles from './CheckPage.module.css'
import { counted } from './checkWords.ts'
import { FindingList } from './FindingList.tsx'
import { ruleColumns, ruleOf } from './ruleColumns.tsx'

export type CheckFindingsProps = {
  readonly result: CheckResult
  readonly selected: string | null
  readonly onSelect: (rule: string) => void
}

/** The rules that are broken, and of the chosen one where. */
export function CheckFindings({ result, selected, onSelect }: CheckFindingsProps) {
  const shown = shownRule(result, selected)
  if (shown === undefined) return null
  const { rule, count, items, findings } = shown
  const left = count - findings.length
  const { untold } = result
  return (
    <div className={styles.split}>
      <SplitPane
        label="Height of the rules"
        direction="column"
        initial={230}
        min={90}
        max={600}
        start={
          <DataTable
            label="Rules that are broken"
            columns={ruleColumns}
            rows={result.rules}
            keyOf={(row) => row.rule}
            selected={rule}
            onSelect={(row) => onSelect(row.rule)}
            takesFocus
          />
        }
        end={
          <section className={styles.findings} aria-label={`Findings of ${rule}`}>
            <header className={styles.rule}>
              <h2 className={styles.heading}>
                {counted(count, ['finding', 'findings'])} in{' '}
                {counted(items, ['run or file', 'runs and files'])}
                {left > 0 && `, the first ${findings.length}`}
              </h2>
              <p className={styles.remedy}>{ruleOf(shown).remedy}</p>
            </header>
            <FindingList key={rule} findings={findings} />
            {untold > 0 && (
              <p className={styles.untold}>
                {counted(untold, ['more finding', 'more findings'])} of runs with more than 20:
                check the run itself.
              </p>
            )}
          </section>
        }
      />
    </div>
  )
}
