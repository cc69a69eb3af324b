import { useStore } from 'zustand'
import type { OutputReader, ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createEarlierOutputStore } from '../../state/earlierOutputStore.ts'
import { readJson } from '../../state/resumeChoices.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { TextField } from '../../ui/TextField.tsx'
import { EarlierOutput } from './EarlierOutput.tsx'
import styles from './StepQuestion.module.css'

export type StepOutputProps = {
  readonly row: ResumeStep
  /** The run whose step it is; null where that is not known. */
  readonly of: { readonly workflow: string; readonly document: string } | null
  readonly text: string
  readonly onChange: (text: string) => void
}

/** Asks what a step returned that happened: who reads it, and what it looked like in an earlier run. */
export function StepOutput({ row, of, text, onChange }: StepOutputProps) {
  const { step, readBy } = row
  const read = readJson(text)
  const isUnanswered = text.trim() === ''
  return (
    <div className={styles.output}>
      <Readers readBy={readBy} step={step} />
      {of !== null && readBy.length > 0 && (
        <Earlier key={step} of={of} step={step} onTake={onChange} />
      )}
      <TextField
        label={`Output of ${step} (JSON)`}
        hint={
          isUnanswered
            ? 'Enter what it returned; null if it returned nothing.'
            : 'It is recorded as what the step returned.'
        }
        multiline
        value={text}
        error={read.kind === 'invalid' && !isUnanswered ? read.problem : null}
        onChange={onChange}
      />
    </div>
  )
}

function Readers({ readBy, step }: { readBy: readonly OutputReader[]; step: string }) {
  if (readBy.length === 0) return <p className={styles.note}>No later step gets its output.</p>
  const naming = readBy.filter(({ reads }) => reads.length > 0)
  const given = readBy.flatMap((one) => (one.reads.length === 0 ? (one.step ?? []) : []))
  return (
    <ul className={styles.readers} aria-label={`Who gets the output of ${step}`}>
      {naming.map((reader) => (
        <li key={reader.step}>
          <strong>{reader.step ?? 'The output of the workflow'}</strong> reads{' '}
          {reader.reads.map(({ name }) => (
            <code key={name} className={styles.name}>
              {name}
            </code>
          ))}
        </li>
      ))}
      {given.length > 0 && (
        <li>
          <strong>{given.join(', ')}</strong> {given.length === 1 ? 'gets' : 'get'} it, because{' '}
          {given.length === 1 ? 'it needs' : 'they need'} {step}.
        </li>
      )}
    </ul>
  )
}

function Earlier(props: {
  readonly of: NonNullable<StepOutputProps['of']>
  readonly step: string
  readonly onTake: (text: string) => void
}) {
  const { of, step, onTake } = props
  const client = useClient()
  const store = usePageStore(`${of.workflow} ${of.document} ${step}`, () =>
    createEarlierOutputStore(client, { ...of, step }),
  )
  const { output } = useStore(store)
  return <EarlierOutput output={output} step={step} onTake={onTake} />
}
