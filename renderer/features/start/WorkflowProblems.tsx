import type { Workflow } from '../../state/startStore.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './WorkflowProblems.module.css'

export type WorkflowProblemsProps = {
  readonly path: string
  readonly problems: Workflow['problems']
}

/** Why a definition cannot be started: every problem, where it stands, and what may have been meant. */
export function WorkflowProblems({ path, problems }: WorkflowProblemsProps) {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return (
    <section className={styles.problems} aria-label="Problems">
      <p className={styles.summary}>
        <Icon name="alert" size={14} />
        <span>
          It has {count} and cannot be started. Correct the file, then press “Read again”.
        </span>
      </p>
      <ol>
        {problems.map((problem) => {
          const place = `${path}:${problem.line}:${problem.column}`
          return (
            <li key={`${place} ${problem.message}`} className={styles.problem}>
              <span className={styles.place}>
                <code title={place}>
                  line {problem.line}, column {problem.column}
                </code>
                <CopyButton text={place} what="place" />
              </span>
              <span className={styles.words}>
                {problem.path !== '' && <code className={styles.key}>{problem.path}</code>}
                <span>{problem.message}</span>
                {problem.suggestion !== null && (
                  <span className={styles.suggestion}>
                    Did you mean <code>{problem.suggestion}</code>?
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
