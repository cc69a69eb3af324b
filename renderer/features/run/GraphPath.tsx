import { Fragment } from 'react'
import type { StepView } from '../../../shared/contract/runs.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { stepStatus } from './stepBars.ts'
import styles from './GraphPath.module.css'

export type GraphPathProps = {
  readonly path: readonly string[]
  readonly steps: readonly StepView[]
  readonly onSelect: (step: string) => void
}

const mostShown = 4

/** The thick line of the drawing in words: where the run stands, and through which needs it came there. */
export function GraphPath({ path, steps, onSelect }: GraphPathProps) {
  const end = steps.find(({ id }) => id === path.at(-1))
  if (end === undefined) return null
  const shown = path.slice(-mostShown)
  return (
    <nav className={styles.path} aria-label="Where the run stands">
      <StatusWord status={stepStatus(end)} size="s" />
      {path.length > shown.length && <span>{path.length - shown.length} steps →</span>}
      {shown.map((step, index) => (
        <Fragment key={step}>
          {index > 0 && <span aria-hidden="true">→</span>}
          <button type="button" className={styles.step} onClick={() => onSelect(step)}>
            {step}
          </button>
        </Fragment>
      ))}
    </nav>
  )
}
