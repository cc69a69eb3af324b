import { useId } from 'react'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import type { ResumeChoices } from '../../state/resumeChoices.ts'
import { useMask } from '../../state/useMask.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { resumeCommand } from './resumeCommand.ts'
import { planSentence } from './resumeText.ts'
import styles from './ResumeScreen.module.css'

export type ResumeFooterProps = {
  readonly plan: ResumePlan
  readonly choices: ResumeChoices
  /** Why it cannot be resumed as it stands; null when it can. */
  readonly reason: string | null
  readonly isRequested: boolean
  readonly onResume: () => void
}

export function ResumeFooter(props: ResumeFooterProps) {
  const { plan, choices, reason, isRequested, onResume } = props
  const id = useId()
  const mask = useMask()
  const command = resumeCommand(plan.run, choices)
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={command} shown={mask.text(command)} />
          <Button
            variant="primary"
            icon={plan.byProgram ? 'branch' : 'play'}
            busy={isRequested}
            disabled={reason !== null && !isRequested}
            aria-describedby={id}
            onClick={onResume}
          >
            {label(plan)}
          </Button>
        </>
      }
    >
      <div className={styles.summary}>
        <p className={styles.sentence}>{planSentence(plan)}</p>
        <p id={id} className={styles.reason} aria-live="polite">
          {reason !== null && (
            <>
              <Icon name="info" size={14} /> {reason}
            </>
          )}
        </p>
      </div>
    </ActionBar>
  )
}

function label({ mode, byProgram }: ResumePlan): string {
  if (mode === 'same') return 'Resume run'
  return byProgram ? 'Make the fork' : 'Resume in a fork'
}
