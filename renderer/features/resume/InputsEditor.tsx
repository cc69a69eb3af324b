import { inputsProblem } from '../../state/resumeChoices.ts'
import type { RecordedInputs } from '../../state/resumeStore.ts'
import { Button } from '../../ui/Button.tsx'
import { indentJson } from '../../ui/indentJson.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ResumeOptions.module.css'

export type InputsEditorProps = {
  /** Edited inputs; null: the recorded ones are kept. */
  readonly text: string | null
  readonly recorded: RecordedInputs
  readonly onChange: (text: string | null) => void
  readonly onRead: () => void
}

export function InputsEditor({ text, recorded, onChange, onRead }: InputsEditorProps) {
  const shown = text ?? (recorded.kind === 'ready' ? indentJson(recorded.text) : null)
  if (shown === null) {
    const isLoading = recorded.kind === 'loading'
    return (
      <div className={styles.column}>
        <p className={styles.label}>Inputs</p>
        <Button size="s" busy={isLoading} onClick={onRead}>
          Edit inputs…
        </Button>
        {recorded.kind === 'failed' ? (
          <p className={styles.problem} role="alert">
            {recorded.error.message}
          </p>
        ) : (
          <p className={styles.note}>Kept as recorded.</p>
        )}
      </div>
    )
  }
  return (
    <div className={styles.wide}>
      <TextField
        label="Inputs (JSON)"
        multiline
        value={shown}
        error={inputsProblem(text)}
        onChange={onChange}
      />
      <Button size="s" variant="quiet" disabled={text === null} onClick={() => onChange(null)}>
        Keep the recorded inputs
      </Button>
    </div>
  )
}
