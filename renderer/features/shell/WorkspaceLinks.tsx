import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './Rail.module.css'

/** Other workspaces that were open lately, each with how many runs needed attention when it was last looked at. */
export function WorkspaceLinks() {
  const { workspaces, canOpen, problem, switchTo } = useStore(useStores().recent)
  const others = workspaces.filter(({ isCurrent }) => !isCurrent)
  if (workspaces.length === 0 || (canOpen && others.length === 0)) return null
  return (
    <>
      <h2 className={styles.heading}>Workspaces</h2>
      {!canOpen && (
        <p className={styles.note} title="Show another one with: unstuck serve --workspace FOLDER">
          Only this one is served here.
        </p>
      )}
      {others.length > 0 && (
        <ul>
          {others.map(({ path, name, attention }) => (
            <li key={path} className={styles.item}>
              <button
                type="button"
                className={styles.link}
                data-tone={attention ? 'warn' : undefined}
                title={path}
                onClick={() => void switchTo(path)}
              >
                <Icon name="folder" />
                <span className={styles.label}>
                  {name} <bdi className={styles.path}>{path}</bdi>
                </span>
                {attention !== null && (
                  <span className={styles.count} title="Needed attention when it was last open">
                    {formatCount(attention)}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <p className={styles.note} role="alert">
          {problem.message}
        </p>
      )}
    </>
  )
}
