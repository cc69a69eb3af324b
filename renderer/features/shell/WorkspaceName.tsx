import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './WorkspaceName.module.css'

export function WorkspaceName() {
  const workspace = useWorkspace()
  const facts = useStore(useStores().connection, (state) => state.facts)
  const where = workspace?.document ?? workspace?.path ?? 'on another machine'
  const machine = facts?.isRemote === true ? facts.hostName : null
  return (
    <header className={styles.head}>
      <span className={styles.mark}>
        <Icon name="lifebuoy" size={20} />
      </span>
      <div className={styles.text}>
        <h1 className={styles.name}>{workspace?.name ?? 'Unstuck'}</h1>
        {workspace && machine !== null && (
          <p className={styles.machine}>
            on <bdi>{machine}</bdi>
          </p>
        )}
        {workspace && (
          <p className={styles.path} title={where}>
            <bdi>{where}</bdi>
          </p>
        )}
      </div>
    </header>
  )
}
