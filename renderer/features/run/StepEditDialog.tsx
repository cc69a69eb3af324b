import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { Edit, type StepEdit } from '../../../shared/core/edit/edit.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import type { AskedStep } from '../../state/editStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { JsonEditor } from '../../ui/JsonEditor.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { jsonProblem } from './jsonProblem.ts'
import styles from './StepEdits.module.css'

export type StepEditDialogProps = { readonly detail: RunDetail }

/** The form of what is to be said of a step, from its inspector or the palette. */
export function StepEditDialog({ detail }: StepEditDialogProps) {
  const { edits } = useStores()
  const { asked, ask } = useStore(edits)
  if (asked === null || asked.document !== detail.ref.document) return null
  return (
    <OpenDialog
      key={JSON.stringify(asked)}
      asked={asked}
      detail={detail}
      onClose={() => ask(null)}
    />
  )
}

type OpenDialogProps = StepEditDialogProps & {
  readonly asked: AskedStep
  readonly onClose: () => void
}

function OpenDialog({ asked, detail, onClose }: OpenDialogProps) {
  const { edits } = useStores()
  const [json, setJson] = useState('null')
  const [message, setMessage] = useState('')
  const [dependents, setDependents] = useState(true)
  const edit = editOf(asked, { json, message, dependents })
  const stage = () => {
    if (edit === null) return
    edits.getState().stage(detail.ref, detail.run?.seq ?? 0, edit)
    onClose()
  }
  return (
    <Dialog
      open
      title={titles[asked.kind](asked.step)}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={edit === null} onClick={stage}>
            Stage
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          stage()
        }}
      >
        <p>{meanings[asked.kind]}</p>
        {asked.kind === 'succeed' && (
          <div className={styles.editor}>
            <JsonEditor
              label={`Output of ${asked.step}`}
              value={json}
              takesFocus
              check={jsonProblem}
              onChange={setJson}
              onSubmit={stage}
              onCancel={onClose}
            />
          </div>
        )}
        {asked.kind === 'fail' && (
          <TextField
            label="What it failed with"
            value={message}
            takesFocus
            onChange={setMessage}
            hint="It stands in the attempts of the step."
          />
        )}
        {asked.kind === 'reset' && (
          <Checkbox
            label="Also all that depends on it"
            checked={dependents}
            onChange={setDependents}
          />
        )}
      </form>
    </Dialog>
  )
}

type Said = { readonly json: string; readonly message: string; readonly dependents: boolean }

/** Null while something is missing. */
function editOf({ kind, step }: AskedStep, { json, message, dependents }: Said): StepEdit | null {
  if (kind === 'succeed' && jsonProblem(json) !== null) return null
  const read = Edit.safeParse({ kind, step, json, message, dependents })
  return read.success && 'step' in read.data ? read.data : null
}

const titles = {
  succeed: (step: string) => `Mark ${step} succeeded`,
  fail: (step: string) => `Mark ${step} failed`,
  skip: (step: string) => `Skip ${step}`,
  reset: (step: string) => `Reset ${step}`,
} as const

const meanings = {
  succeed: 'The step is taken to have succeeded with this output. Others go on with it.',
  fail: 'The step is taken to have failed. What waits for it does not go on.',
  skip: 'The step is passed over, and what needs it goes on without its output.',
  reset: 'The step begins anew with the next resume. Attempts that were made stay in its history.',
} as const
