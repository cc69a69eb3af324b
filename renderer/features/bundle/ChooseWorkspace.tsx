import { useStore } from 'zustand'
import { bundleEnding } from '../../../shared/core/bundle/manifest.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { shellLine } from '../../state/shellLine.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import styles from './Bundle.module.css'

export type ChooseWorkspaceProps = { readonly onChoose: (path: string) => void }

/** Folders that were open lately: one of them gets the runs of the bundle that is open. */
export function ChooseWorkspace({ onChoose }: ChooseWorkspaceProps) {
  const { workspaces, canOpen } = useStore(useStores().recent)
  const name = useWorkspace()?.name ?? ''
  const targets = workspaces.filter(
    ({ isCurrent, path }) => !isCurrent && !path.endsWith(bundleEnding),
  )
  const command = shellLine(['unstuck', 'import', name, '--apply', '--workspace', 'FOLDER'])
  if (!canOpen || targets.length === 0)
    return (
      <div className={styles.file}>
        <p>
          {canOpen
            ? 'No other workspace was open here lately. Open the folder that is to have the runs once, and come back; or say it by command line.'
            : 'A browser reaches the one workspace that it is served. Import on the machine of the workspace that is to have the runs.'}
        </p>
        <p>
          <code>{command}</code>
        </p>
        <CopyCommand text={command} />
      </div>
    )
  return (
    <div className={styles.file}>
      <p>Which workspace is to have them? What would be made there is shown first.</p>
      <ul className={styles.targets}>
        {targets.map(({ path, name: target }) => (
          <li key={path}>
            <Button icon="folder" title={path} onClick={() => onChoose(path)}>
              {target}
            </Button>
            <bdi className={styles.path}>{path}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}
