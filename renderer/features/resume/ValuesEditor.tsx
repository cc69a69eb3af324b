import { valuesProblem } from '../../state/resumeChoices.ts'
import type { RecordedValues } from '../../state/resumeStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { indentJson } from '../../ui/indentJson.ts'
import { TextField } from '../../ui/TextField.tsx'
import { HiddenValues } from './HiddenValues.tsx'
import styles from './ResumeOptions.module.css'

export type ValuesEditorProps = {
  readonly of: 'inputs' | 'variables'
  /** Edited values; null: the recorded ones are kept. */
  readonly text: string | null
  readonly recorded: RecordedValues
  /** `recorded` is the text as it was read. */
  readonly onChange: (text: string | null, recorded: string) => void
  readonly onRead: () => void
}

export function ValuesEditor({ of, text, recorded, onChange, onRead }: ValuesEditorProps) {
  const mask = useMask()
  const title = of === 'inputs' ? 'Inputs' : 'Variables'
  if (recorded.kind !== 'ready') {
    return (
      <div className={styles.values}>
        <p className={styles.label}>{title}</p>
        <Button size="s" busy={recorded.kind === 'loading'} onClick={onRead}>
          Edit {of}…
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
  const shown = text ?? indentJson(recorded.text)
  const hidden = mask.text(shown)
  // [L144] A mask that is typed around would be written.
  if (hidden !== shown) return <HiddenValues title={title} text={hidden} />
  return (
    <div className={styles.wide}>
      <TextField
        label={`${title} (JSON)`}
        multiline
        takesFocus
        value={shown}
        error={valuesProblem(text)}
        onChange={(value) => onChange(value, recorded.text)}
      />
      <Button
        size="s"
        variant="quiet"
        disabled={text === null}
        onClick={() => onChange(null, recorded.text)}
      >
        Keep the recorded {of}
      </Button>
    </div>
  )
}
