import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import type { Edit } from '../../../shared/core/edit/edit.ts'
import { dottedPath } from '../../../shared/core/tree/paths.ts'
import { flattenTree } from '../../state/flattenTree.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import type { StateTreeStore } from '../../state/stateTreeStore.ts'
import { useMask } from '../../state/useMask.ts'
import { useNotify } from '../../state/useNotify.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { TreeView } from '../../ui/TreeView.tsx'
import { isEditable, isRemovable } from './editable.ts'
import { InlineValue } from './InlineValue.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { stagedMarks } from './stagedMarks.ts'
import { roomForValue } from './roomForValue.tsx'
import { treeRow } from './treeRow.ts'
import { useCopyValue } from './useCopyValue.ts'
import { ValueActions } from './ValueActions.tsx'
import { ValueEditor } from './ValueEditor.tsx'
import { ValuePane } from './ValuePane.tsx'
import { whyNotEditable } from './whyNotEditable.ts'

export type StateTreeProps = {
  readonly store: StateTreeStore
  readonly detail: RunDetail
  /** False for the state at a checkpoint. */
  readonly isNow: boolean
  readonly query: string
  /** The value that somebody came for. */
  readonly pointer: string | null
  readonly onSelect: (pointer: string) => void
}

type Editing =
  | { readonly how: 'line'; readonly node: StateNode }
  | { readonly how: 'text'; readonly node: StateNode; readonly text: string }
  | { readonly how: 'add' | 'rename'; readonly node: StateNode }

/** The state as a tree, where values are edited in their place; nothing of it is done before it is applied. */
export function StateTree({ store, detail, isNow, query, pointer, onSelect }: StateTreeProps) {
  const notify = useNotify()
  const { edits } = useStores()
  const state = useStore(store)
  const mask = useMask()
  const staged = useStore(edits, ({ runs }) => runs[detail.ref.document]?.edits) ?? none
  const [editing, setEditing] = useState<Editing | null>(null)
  const workspace = useWorkspace()
  const lines = useMemo(() => flattenTree(state.branches), [state.branches])
  const rows = useMemo(() => {
    const marks = stagedMarks(staged, mask)
    return lines.map((line) => treeRow(line, mask, marks))
  }, [lines, staged, mask])
  const numbers = detail.foreign ? 'as written' : 'exact'
  const nodeAt = (path: string) =>
    lines
      .flatMap((line) => (line.kind === 'node' ? [line.node] : []))
      .find((node) => node.pointer === path)
  const close = () => setEditing(null)
  const stage = (edit: Edit) => {
    // Of another engine's document it is the text that must not have changed.
    const base = detail.foreign ? detail.rev : (detail.run?.seq ?? 0)
    edits.getState().stage(detail.ref, base, edit)
    close()
  }
  const whyNot = (path: string | null): string | null => {
    if (!isNow) return 'This is the state at a checkpoint. Choose the last change to edit it.'
    const why = whyNotEditable(detail, workspace)
    if (why !== null || path === null) return why
    return isEditable(path, detail) ? null : notHere
  }
  const attempt = (work: () => Promise<void>) =>
    void work().catch((error: unknown) =>
      notify('error', error instanceof Error ? error.message : 'The value could not be read.'),
    )
  const copyValue = useCopyValue(state.readValue)
  const refuse = (path: string): boolean => {
    const why = whyNot(path)
    if (why !== null) notify('warning', why)
    return why !== null
  }
  // The whole value is read first: what is cut is never edited.
  const editText = async (node: StateNode) => {
    const text = await state.readValue(node.pointer)
    if (text.length <= mostCharacters) return setEditing({ how: 'text', node, text })
    notify('warning', `${node.pointer} is too large to be edited as a whole. Edit a part of it.`)
  }
  const edit = (path: string) => {
    const node = nodeAt(path)
    if (node === undefined || refuse(path)) return
    const isShort = node.type !== 'object' && node.type !== 'array' && !node.truncated
    if (isShort) setEditing({ how: 'line', node })
    else attempt(() => editText(node))
  }
  const remove = (path: string) => {
    if (refuse(path)) return
    if (!isRemovable(path, detail))
      notify('warning', `${path} has to stay. Set it to another value instead.`)
    else stage({ kind: 'remove', path })
  }
  if (state.root.kind === 'loading') return <Spinner label="Reading the state" />
  if (state.root.kind === 'failed') {
    return <ErrorPanel error={state.root.error} onRetry={() => void state.retry()} />
  }
  const chosen = state.selected === null ? undefined : nodeAt(state.selected)
  return (
    <>
      <SplitPane
        label="Height of the value"
        direction="column"
        fixed="end"
        initial={window.innerHeight >= 800 ? 220 : 160}
        min={80}
        start={
          <>
            {state.root.problem && (
              <ErrorPanel error={state.root.problem} onRetry={() => void state.retry()} />
            )}
            {state.problem && <ErrorPanel error={state.problem} />}
            <TreeView
              label="State"
              rows={rows}
              selected={state.selected}
              query={query}
              focusFor={pointer}
              onSelect={(path) => {
                void state.select(path)
                onSelect(path)
              }}
              onToggle={(path) => void state.toggle(path)}
              onMore={(path, side) =>
                void (side === 'before' ? state.readBefore(path) : state.readMore(path))
              }
              pathOf={(path) => path}
              otherPathOf={dottedPath}
              onCopyValue={(path) => void copyValue(path)}
              onEdit={edit}
              onRemove={remove}
              editor={
                editing?.how === 'line'
                  ? {
                      id: editing.node.pointer,
                      node: (
                        <InlineValue
                          key={editing.node.pointer}
                          node={editing.node}
                          numbers={numbers}
                          onStage={(json) =>
                            stage({ kind: 'set', path: editing.node.pointer, json })
                          }
                          onClose={close}
                        />
                      ),
                    }
                  : null
              }
            />
          </>
        }
        end={
          editing?.how === 'text' ? (
            <ValueEditor
              key={editing.node.pointer}
              reference={detail.ref}
              path={editing.node.pointer}
              text={editing.text}
              numbers={numbers}
              onStage={(json) => stage({ kind: 'set', path: editing.node.pointer, json })}
              onClose={close}
            />
          ) : state.selected === null ? (
            roomForValue()
          ) : (
            <ValuePane
              store={store}
              selected={state.selected}
              onCopy={copyValue}
              actions={
                chosen && (
                  <ValueActions
                    node={chosen}
                    detail={detail}
                    whyNot={whyNot(chosen.pointer)}
                    onText={() => attempt(() => editText(chosen))}
                    onAdd={() => setEditing({ how: 'add', node: chosen })}
                    onRename={() => setEditing({ how: 'rename', node: chosen })}
                    onRemove={() => remove(chosen.pointer)}
                  />
                )
              }
            />
          )
        }
      />
      {(editing?.how === 'add' || editing?.how === 'rename') && (
        <KeyDialog
          kind={editing.how}
          node={editing.node}
          numbers={numbers}
          onStage={stage}
          onClose={close}
        />
      )}
    </>
  )
}

const none: readonly [] = []
const mostCharacters = 800_000
const notHere =
  'Inputs, variables and outputs of steps are edited here. To change a step, use its actions in the inspector.'
