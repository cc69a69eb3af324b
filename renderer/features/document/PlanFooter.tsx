import { useId, type ReactNode } from 'react'
import { useMask } from '../../state/useMask.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import styles from './PlanScreen.module.css'

export type PlanFooterProps = {
  /** What stands before the button, such as the field for the reason. */
  readonly children?: ReactNode
  /** Why it cannot be done as it stands; null: it can. */
  readonly why: string | null
  /** The same as a command line; null: it cannot be said as one. */
  readonly command: string | null
  readonly label: string
  readonly icon: IconName
  readonly isRequested: boolean
  readonly onApply: () => void
}

/** The foot of a plan: what it still needs, and the button that does it. */
export function PlanFooter(props: PlanFooterProps) {
  const { children, why, command, label, icon, isRequested, onApply } = props
  const id = useId()
  const mask = useMask()
  return (
    <ActionBar
      actions={
        <>
          {command !== null && <CopyCommand text={command} shown={mask.text(command)} />}
          <Button
            variant="primary"
            icon={icon}
            busy={isRequested}
            disabled={why !== null && !isRequested}
            aria-describedby={id}
            onClick={onApply}
          >
            {label}
          </Button>
        </>
      }
    >
      {children}
      <span id={id} className={styles.why} aria-live="polite">
        {why}
      </span>
    </ActionBar>
  )
}
