import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './NoWorkflows.module.css'

/** No definition lies in the folder: what one looks like is said here. */
export function NoWorkflows() {
  return (
    <EmptyState icon="file" title="No workflows in this folder">
      <p>
        A workflow is a YAML or JSON file with <code>name</code> and <code>steps</code>, or a module
        called <code>….workflow.ts</code>. Put one anywhere in this folder, then press “Read again”:
      </p>
      <pre className={styles.example}>
        {`name: hello
steps:
  greet:
    run: echo hello`}
      </pre>
    </EmptyState>
  )
}
