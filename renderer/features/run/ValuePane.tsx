import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { dottedPath } from '../../../shared/core/tree/paths.ts'
import type { StateTreeStore } from '../../state/stateTreeStore.ts'
import { copyTitle, useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { TabBar } from './TabBar.tsx'
import { ValueBlame } from './ValueBlame.tsx'
import styles from './tab.module.css'

export type ValuePaneProps = {
  readonly store: StateTreeStore
  readonly selected: string
  readonly onCopy: (pointer: string) => Promise<void>
  /** What can be done with the value besides. */
  readonly actions?: ReactNode
}

/** The chosen value, whole or as far as one slice goes. */
export function ValuePane({ store, selected, onCopy, actions }: ValuePaneProps) {
  const { value, select } = useStore(store)
  const mask = useMask()
  return (
    <div className={styles.pane}>
      <TabBar>
        <code>{selected}</code>
        <CopyButton text={selected} what="path" />
        <Button
          size="s"
          variant="quiet"
          title={`Copy ${dottedPath(selected)}`}
          onClick={() => void navigator.clipboard.writeText(dottedPath(selected))}
        >
          Copy as a.b[0]
        </Button>
        {value.kind === 'ready' && (
          <span>
            {formatBytes(value.value.sizeBytes)}
            {value.value.isCut && ', the start of it'}
          </span>
        )}
        <span className={styles.push}>
          {actions}
          <Button
            size="s"
            variant="quiet"
            icon="copy"
            title={copyTitle(mask)}
            onClick={() => void onCopy(selected)}
          >
            Copy value
          </Button>
        </span>
      </TabBar>
      {value.kind === 'loading' && <Spinner label="Reading the value" size="s" />}
      {value.kind === 'failed' && (
        <ErrorPanel error={value.error} onRetry={() => void select(selected)} />
      )}
      {value.kind === 'ready' && (
        <div className={styles.content}>
          <CodeText
            label={`Value of ${selected}`}
            text={mask.value(selected, value.value.text)}
            wrap
          />
        </div>
      )}
      <ValueBlame pointer={selected} />
    </div>
  )
}
