// CodeMirror for JSON. It lives in a shadow root: there its styles are constructed sheets, which a strict policy allows.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentUnit,
  syntaxTree,
} from '@codemirror/language'
import { linter, lintKeymap, type Diagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import { labelUnseen, unseenCharacter } from '../../shared/unseen.ts'
import { jsonColours } from './jsonColours.ts'
import { jsonEditorTheme } from './jsonEditorTheme.ts'

/** A wrong place of the text; `index` counts its UTF-16 units. */
export type JsonProblem = { readonly index: number; readonly sentence: string }
export type JsonFault = JsonProblem & { readonly line: number; readonly column: number }

/** What may stand at the top of the value: a key of the object, with the values that are offered for it. */
export type JsonCompletion = {
  readonly key: string
  readonly detail: string
  /** JSON texts. */
  readonly values: readonly string[]
}

export type JsonEditorOptions = {
  readonly parent: HTMLElement
  readonly label: string
  /** The text at the beginning; later ones are told by `onChange`. */
  readonly value: string
  readonly takesFocus?: boolean
  readonly completions?: readonly JsonCompletion[]
  /** Values that are offered for the whole. */
  readonly wholes?: readonly string[]
  readonly check: (text: string) => JsonProblem | null
  readonly onChange: (text: string) => void
  /** Ctrl Enter. */
  readonly onSubmit?: () => void
  readonly onCancel?: () => void
  readonly onFault: (fault: JsonFault | null) => void
}

/** Returns what takes the editor away. */
export function createJsonEditor(options: JsonEditorOptions): () => void {
  const { parent, value, takesFocus = false } = options
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' })
  const state = EditorState.create({ doc: value, extensions: extensionsOf(options) })
  const view = new EditorView({ state, parent: root, root })
  if (takesFocus) requestAnimationFrame(() => view.focus())
  return () => view.destroy()
}

function extensionsOf(options: JsonEditorOptions) {
  const { label, onChange, onSubmit, onCancel } = options
  const submit = () => {
    onSubmit?.()
    return true
  }
  const cancel = () => {
    onCancel?.()
    return onCancel !== undefined
  }
  return [
    keymap.of([...completionKeymap, { key: 'Mod-Enter', run: submit }]),
    json(),
    lineNumbers(),
    foldGutter(),
    history(),
    drawSelection(),
    highlightSpecialChars({ specialChars: unseenCharacter, render: markOf }),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of('  '),
    autocompletion({ override: [(context) => complete(context, options)] }),
    linter((view) => diagnose(view, options), { delay: 150 }),
    tooltips({ position: 'fixed' }),
    jsonColours,
    jsonEditorTheme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString())
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      { key: 'Escape', run: cancel },
    ]),
  ]
}

function markOf(code: number): HTMLElement {
  const mark = document.createElement('span')
  mark.className = 'json-unseen'
  mark.textContent = labelUnseen(String.fromCodePoint(code))
  return mark
}

function diagnose({ state }: EditorView, { check, onFault }: JsonEditorOptions): Diagnostic[] {
  const problem = check(state.doc.toString())
  if (problem === null) {
    onFault(null)
    return []
  }
  const at = Math.min(problem.index, state.doc.length)
  const line = state.doc.lineAt(at)
  onFault({ ...problem, line: line.number, column: at - line.from + 1 })
  return [
    {
      from: at,
      to: Math.min(at + 1, state.doc.length),
      severity: 'error',
      message: problem.sentence,
    },
  ]
}

/** Keys of the outermost object, and values behind such a key. */
function complete(
  context: CompletionContext,
  { completions = [], wholes = [] }: JsonEditorOptions,
): CompletionResult | null {
  const word = context.matchBefore(/"?[\w .-]*/)
  const from = word?.from ?? context.pos
  if (!context.explicit && from === context.pos) return null
  const node = syntaxTree(context.state).resolveInner(context.pos, -1)
  const property =
    node.name === 'Property' ? node : node.parent?.name === 'Property' ? node.parent : null
  const isTop =
    (property?.parent?.parent?.name ?? node.parent?.name) === 'JsonText' || property === null
  if (!isTop) return null
  const name = property?.getChild('PropertyName')
  const isValue = name !== null && name !== undefined && context.pos > name.to
  if (isValue) {
    const key = unquoted(context.state.sliceDoc(name.from, name.to))
    const values = completions.find((one) => one.key === key)?.values ?? []
    return offered(from, values)
  }
  if (completions.length === 0) return offered(from, wholes)
  const options = completions.map(({ key, detail, values }) => ({
    label: JSON.stringify(key),
    detail,
    apply: name ? JSON.stringify(key) : `${JSON.stringify(key)}: ${values[0] ?? ''}`,
  }))
  return { from, options }
}

function offered(from: number, values: readonly string[]): CompletionResult | null {
  return values.length === 0 ? null : { from, options: values.map((label) => ({ label })) }
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '')
}
