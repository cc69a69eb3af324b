import { useState } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { checkShape } from '../../../shared/core/form/checkShape.ts'
import type { FormField } from '../../../shared/core/form/fieldsOf.ts'
import { readJson, type NumberRule } from '../../../shared/core/edit/readJson.ts'
import { tokensOf } from '../../../shared/schema/pointer.ts'
import { isNative } from '../../state/makeRef.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createInputFieldsStore } from '../../state/inputFieldsStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import type { JsonProblem } from '../../ui/createJsonEditor.ts'
import { JsonEditor } from '../../ui/JsonEditor.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { inputCompletions, valuesOf } from './inputCompletions.ts'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type ValueEditorProps = {
  readonly reference: Ref
  readonly path: string
  /** The whole of the value. */
  readonly text: string
  readonly numbers: NumberRule
  readonly onStage: (text: string) => void
  readonly onClose: () => void
}

/** A value as text, with what the definition says of it. */
export function ValueEditor(props: ValueEditorProps) {
  const { reference, path, text, numbers, onStage, onClose } = props
  const client = useClient()
  const [typed, setTyped] = useState(text)
  const { fields: read } = useStore(
    usePageStore(reference.document, () => createInputFieldsStore(client, reference)),
  )
  // Only a run of Unstuck has a definition that declares them.
  const [area, name, ...rest] = isNative(reference) ? tokensOf(path) : []
  const isInputs = area === 'inputs' && name === undefined
  // Known before somebody types: an editor that is made anew loses its place in the text.
  const isReady = area !== 'inputs' || read !== null
  const fields = read ?? []
  const field =
    area === 'inputs' && rest.length === 0 ? fields.find((one) => one.name === name) : undefined
  const check = (value: string) => problemOf(value, { field, numbers })
  const stage = () => {
    if (readJson(typed, numbers).kind === 'ok') onStage(typed)
  }
  return (
    <div className={styles.pane}>
      <TabBar>
        Edit <code>{path}</code>
        <span className={styles.push}>
          <Button size="s" variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="s"
            variant="primary"
            title="Ctrl Enter"
            disabled={readJson(typed, numbers).kind !== 'ok'}
            onClick={stage}
          >
            Stage
          </Button>
        </span>
      </TabBar>
      <div className={styles.editor}>
        {isReady ? (
          <JsonEditor
            key={path}
            label={`Value of ${path}`}
            value={typed}
            takesFocus
            completions={isInputs ? inputCompletions(fields) : []}
            wholes={field === undefined ? [] : valuesOf(field)}
            check={check}
            onChange={setTyped}
            onSubmit={stage}
            onCancel={onClose}
          />
        ) : (
          <Spinner label="Reading what the inputs may be" size="s" />
        )}
      </div>
    </div>
  )
}

/** Wrong JSON, else what does not fit the input's type: the host checks all of it before anything is done. */
function problemOf(
  text: string,
  { field, numbers }: { readonly field: FormField | undefined; readonly numbers: NumberRule },
): JsonProblem | null {
  const read = readJson(text, numbers)
  if (read.kind === 'refused') return read
  if (field === undefined || field.field === null) return null
  const flaw = checkShape(field.field, read.value)
  return flaw === null ? null : { index: 0, sentence: `This input: ${flaw}.` }
}
