import { useWorkspace } from '../../state/useWorkspace.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './WorkspaceName.module.css'

export function WorkspaceName() {
  const workspace = useWorkspace()
  const where = workspace?.document ?? workspace?.path ?? 'on another machine'
  return (
    <header className={styles.head}>
      <span className={styles.mark}>
        <Icon name="lifebuoy" size={20} />
      </span>
      <div className={styles.text}>
        <h1 className={styles.name}>{workspace?.name ?? 'Unstuck'}</h1>
        {workspace && (
          <p className={styles.path} title={where}>
            <bdi>{where}</bdi>
          </p>
        )}
      </div>
    </header>
  )
}
