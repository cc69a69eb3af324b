import { useStore } from 'zustand'
import { bundleEnding } from '../../../shared/core/bundle/manifest.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import styles from './DropTarget.module.css'

export type DropTargetProps = {
  /** The desktop application opens what is dropped; a browser only hands it over. */
  readonly opens: 'anything' | 'bundles'
}

/** Says what becomes of files while they are dragged over the window. */
export function DropTarget({ opens }: DropTargetProps) {
  const { drag } = useStores()
  const files = useStore(drag, (state) => state.files)
  const workspace = useWorkspace()
  if (files === null) return null
  const canImport = workspace?.writable !== false
  const outcomes = opens === 'anything' ? desktopOutcomes : browserOutcomes(canImport)
  return (
    <div className={styles.target} role="status" aria-label="Drop files">
      <div className={styles.card}>
        <p className={styles.title}>
          {opens === 'anything' ? 'Drop it to open it in this window' : 'Drop a bundle here'}
        </p>
        <ul className={styles.outcomes}>
          {outcomes.map(({ icon, what, becomes }) => (
            <li key={what}>
              <Icon name={icon} size={20} />
              <span>
                <strong>{what}</strong> {becomes}
              </span>
            </li>
          ))}
        </ul>
        {files > 1 && <p className={styles.note}>Only the first of these {files} is taken.</p>}
      </div>
    </div>
  )
}

type Outcome = { readonly icon: IconName; readonly what: string; readonly becomes: string }

const desktopOutcomes: readonly Outcome[] = [
  { icon: 'folder', what: 'A folder', becomes: 'is opened with all runs in it.' },
  { icon: 'archive', what: `A bundle (*${bundleEnding})`, becomes: 'is opened to be read.' },
  { icon: 'file', what: 'A state file', becomes: 'is shown, in its folder.' },
]

function browserOutcomes(canImport: boolean): readonly Outcome[] {
  return [
    {
      icon: 'archive',
      what: `A bundle (*${bundleEnding})`,
      becomes: canImport
        ? 'shows its runs first; you choose which are imported into this workspace.'
        : 'shows its runs; this workspace is read-only, so none can be imported.',
    },
    {
      icon: 'ban',
      what: 'A folder or another file',
      becomes:
        'is not opened: a browser does not say where it lies. Use unstuck serve --workspace.',
    },
  ]
}
