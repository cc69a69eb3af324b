import { shellLine } from '../../state/shellLine.ts'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './ResumeScreen.module.css'

export type ProgramCommandProps = { readonly command: readonly string[] }

/** The command of the program whose functions the steps are: only it can resume the run. */
export function ProgramCommand({ command }: ProgramCommandProps) {
  const line = shellLine(command)
  return (
    <section className={styles.program} aria-label="The command that resumes this run">
      <p>
        <Icon name="info" size={14} /> Steps of this run are functions of a program. This command
        resumes it:
      </p>
      <code>{line}</code>
      <CopyCommand text={line} label="Copy command" />
    </section>
  )
}
