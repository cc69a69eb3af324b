import type { ResumeLoss } from '../../../shared/core/resume/resumePlan.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './ResumeScreen.module.css'

export type RepairLossProps = {
  readonly loss: ResumeLoss
  readonly onAccept: (isAccepted: boolean) => void
}

/** What a repair could not save: nothing goes on before somebody says that they know. */
export function RepairLoss({ loss, onAccept }: RepairLossProps) {
  return (
    <section className={styles.loss} aria-label="Lost in a repair">
      <h2 className={styles.lossTitle}>
        <Icon name="alert" size={16} /> A repair could not save everything
      </h2>
      <p>{loss.sentence} What ran before would run a second time. Look at what it did first.</p>
      <Checkbox
        label="I know what they did. The run is to go on."
        checked={loss.accepted}
        onChange={onAccept}
      />
    </section>
  )
}
