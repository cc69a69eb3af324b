import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { flattenTree } from '../../state/flattenTree.ts'
import type { MappedField } from '../../../shared/schema/unknownMapping.ts'
import type { MappingStore } from '../../state/mappingStore.ts'
import { pickPath } from '../../state/pickPath.ts'
import { createStateTreeStore } from '../../state/stateTreeStore.ts'
import { useMask } from '../../state/useMask.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TreeView } from '../../ui/TreeView.tsx'
import styles from './MappingDialog.module.css'
import { fieldLabels, formFields } from './mappingFields.ts'
import { treeRow } from './treeRow.ts'

export type MappingTreeProps = { readonly store: MappingStore; readonly reference: Ref }

/** The document as it is written; the button, Enter or F2 puts what is chosen in it into the field that is named above it. */
export function MappingTree({ store, reference }: MappingTreeProps) {
  const client = useClient()
  const notify = useNotify()
  const mask = useMask()
  const tree = usePageStore(reference.document, () =>
    createStateTreeStore(client, { ref: reference, checkpoint: null }),
  )
  const state = useStore(tree)
  const { field, paths, shown, choose, setPath } = useStore(store)
  const rows = useMemo(
    () => flattenTree(state.branches).map((line) => treeRow(line, mask)),
    [state.branches, mask],
  )
  const copyValue = async (pointer: string) => {
    try {
      await navigator.clipboard.writeText(mask.value(pointer, await state.readValue(pointer)))
      notify('done', `Copied the value of ${pointer}.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The value could not be copied.')
    }
  }
  if (state.root.kind === 'loading') return <Spinner label="Reading the document" />
  if (state.root.kind === 'failed')
    return <ErrorPanel error={state.root.error} onRetry={() => void state.retry()} />
  const guessed = (of: MappedField) =>
    shown?.plan.fields.find((one) => one.field === of)?.path ?? null
  const pick = (pointer: string) => {
    const isLines = /\.(?:jsonl|ndjson)(?:\.|$)/i.test(reference.document)
    const path = pickPath(field, pointer, {
      steps: saidOf(paths.steps) ?? guessed('steps'),
      runs: saidOf(paths.runs) ?? (paths.runs === null ? null : guessed('runs')),
      isLines,
    })
    if (path === null)
      notify(
        'warning',
        `Choose a value in one of the ${field.startsWith('step') ? 'steps' : 'runs'}.`,
      )
    else void setPath(field, path)
  }
  return (
    <div className={styles.tree}>
      <div className={styles.pick}>
        <Select
          compact
          label="What is chosen"
          value={field}
          options={fieldOptions}
          onChange={choose}
        />
        <Button
          size="s"
          disabled={state.selected === null}
          onClick={() => state.selected !== null && pick(state.selected)}
        >
          {`Use it for ${fieldLabels[field]}`}
        </Button>
        <Button
          size="s"
          variant="quiet"
          aria-pressed={paths[field] === null}
          onClick={() => void setPath(field, paths[field] === null ? '' : null)}
        >
          {paths[field] === null ? `Guess ${fieldLabels[field]} again` : 'There is none'}
        </Button>
      </div>
      <TreeView
        label="Document"
        rows={rows}
        selected={state.selected}
        onSelect={(pointer) => void state.select(pointer)}
        onEdit={pick}
        onToggle={(pointer) => void state.toggle(pointer)}
        onMore={(pointer, side) =>
          void (side === 'before' ? state.readBefore(pointer) : state.readMore(pointer))
        }
        pathOf={(pointer) => pointer}
        onCopyValue={(pointer) => void copyValue(pointer)}
      />
    </div>
  )
}

const fieldOptions = formFields.map((value) => ({ value, label: fieldLabels[value] }))

/** What is left empty is guessed. */
function saidOf(path: string | null | undefined): string | null {
  return path === undefined || path === '' ? null : path
}
