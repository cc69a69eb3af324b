import { useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { fieldsOf } from '../../../shared/core/form/fieldsOf.ts'
import { readDraft, type FormDraft } from '../../state/formDraft.ts'
import { formEntries } from '../../state/formEntries.ts'
import { refusedValues } from '../../state/refusedValues.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useFormProblems } from '../../state/useFormProblems.ts'
import { useMask } from '../../state/useMask.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { focusFirstInvalid } from '../../ui/focusFirstInvalid.ts'
import { FormFields } from '../../ui/FormFields.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { WaitingGate } from './waitingGates.ts'
import { whyNotDecided } from './whyNotDecided.ts'
import styles from './GatePanel.module.css'

export type GateFormProps = {
  readonly store: RunStore
  readonly detail: RunDetail
  readonly step: StepView
  readonly on: WaitingGate['on']
}

export function GateForm({ store, detail, step, on }: GateFormProps) {
  const { work, decide } = useStore(store)
  const mask = useMask()
  const workspace = useWorkspace()
  const [draft, setDraft] = useState<FormDraft>({})
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const fields = fieldsOf(on.fields)
  const found = useFormProblems(fields, draft)

  const isAsking = work.kind === 'requested'
  const refused = whyNotDecided(detail, workspace?.writable !== false)
  const said = { step: step.id, reason: reason.trim() === '' ? null : reason.trim() }
  const approve = async () => {
    const read = readDraft(fields, draft)
    found.showAll()
    if (read.kind === 'valid' && refused === null)
      await decide({ ...said, decision: 'approved', values: { ...read.values } })
    // A decision that was taken has taken the form away.
    focusFirstInvalid(form.current)
  }
  const reject = () => void decide({ ...said, decision: 'rejected', values: {} })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void approve()
  }
  const fromHost = work.kind === 'refused' ? refusedValues(work.error) : {}
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl Enter, from inside any field
    <form
      ref={form}
      className={styles.form}
      aria-label={`Decide about ${step.id}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void approve()
      }}
      onKeyDown={onKeyDown}
    >
      <div className={styles.content}>
        {typeof on.message === 'string' && <p className={styles.message}>{on.message}</p>}
        {fields.length > 0 && (
          <FormFields
            entries={formEntries(fields, draft, { ...fromHost, ...found.seen })}
            isDisabled={isAsking}
            hidesSecrets={mask.isOn}
            onChange={(name, value) => setDraft({ ...draft, [name]: value })}
            onLeave={found.onLeave}
          />
        )}
      </div>
      <div className={styles.foot}>
        <div className={styles.reason}>
          <TextField
            label="Reason (kept in the journal)"
            placeholder="Optional"
            value={reason}
            onChange={setReason}
            disabled={isAsking}
          />
        </div>
        <Button
          variant="danger"
          icon="cross"
          busy={isAsking && work.what === 'reject'}
          disabled={refused !== null}
          title={refused ?? undefined}
          onClick={reject}
        >
          Reject
        </Button>
        <Button
          variant="primary"
          icon="check"
          type="submit"
          busy={isAsking && work.what === 'approve'}
          disabled={refused !== null}
          title={refused ?? undefined}
        >
          Approve
        </Button>
        <p className={styles.note}>{refused ?? whatFollows(detail)}</p>
      </div>
    </form>
  )
}

function whatFollows({ liveness }: RunDetail): string {
  return liveness === 'alive'
    ? 'The run goes on at once. A rejection fails this step.'
    : 'Nobody carries the run: the decision is recorded, and the run goes on when it is resumed.'
}
