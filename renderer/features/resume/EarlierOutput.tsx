import type { EarlierOutput as Output } from '../../state/earlierOutputStore.ts'
import type { Remote } from '../../state/remote.ts'
import { useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { indentJson } from '../../ui/indentJson.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './StepQuestion.module.css'

export type EarlierOutputProps = {
  readonly output: Remote<Output | null>
  readonly step: string
  /** Takes the keys of it, with nothing in them: its values are those of another run. */
  readonly onTake: (text: string) => void
}

/** What the step returned in the last good run. */
export function EarlierOutput({ output, step, onTake }: EarlierOutputProps) {
  const mask = useMask()
  if (output.kind === 'loading') return <Spinner label="Looking for an earlier good run" size="s" />
  if (output.kind === 'failed')
    return (
      <p className={styles.absent} role="alert">
        What it returned in an earlier run cannot be read: {output.error.message}
      </p>
    )
  if (output.value === null)
    return <p className={styles.absent}>No earlier good run returned anything for {step}.</p>
  const { run, text, shape } = output.value
  return (
    <figure className={styles.evidence} aria-label={`What ${step} returned in run ${run.id}`}>
      <figcaption className={styles.caption}>
        In the last good run {run.id}
        {run.finishedAt !== null && (
          <>
            {' '}
            (<TimeText at={run.finishedAt} />)
          </>
        )}{' '}
        it returned
      </figcaption>
      <pre className={styles.earlier}>{mask.text(indentJson(text))}</pre>
      {shape !== null && (
        <Button size="s" onClick={() => onTake(shape)}>
          Take its keys, without its values
        </Button>
      )}
    </figure>
  )
}
