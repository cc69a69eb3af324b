import type { Workflow } from '../../state/startStore.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { fileName } from './fileName.ts'
import styles from './StartPage.module.css'

export type WorkflowTitleProps = { readonly workflow: Workflow }

export function WorkflowTitle({ workflow }: WorkflowTitleProps) {
  const { name, version, path, description } = workflow
  return (
    <header className={styles.title}>
      <h3>
        {name ?? fileName(path)} {version !== null && <span>{version}</span>}
      </h3>
      <p className={styles.path}>
        <code>{path}</code>
        <CopyButton text={path} what="path" />
      </p>
      {description !== null && <p className={styles.description}>{description}</p>}
    </header>
  )
}
