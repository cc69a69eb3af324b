import { EditorView } from '@codemirror/view'

/** By tokens alone, so that light, dark and contrast need no second theme: custom properties reach into a shadow root. */
export const jsonEditorTheme = EditorView.theme({
  '&': {
    backgroundColor: 'var(--color-canvas)',
    color: 'var(--color-text)',
    fontSize: 'var(--text-s)',
    height: '100%',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-sunken)',
    border: 'none',
    color: 'var(--color-text-3)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--color-selected)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--color-selected)',
    outline: '1px solid var(--color-line-strong)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-raised)',
    border: '1px solid var(--color-line-strong)',
    borderRadius: 'var(--radius-s)',
    color: 'var(--color-text)',
    fontFamily: 'var(--font-text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--color-accent)',
    color: 'var(--color-on-accent)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', marginInlineStart: 'var(--space-4)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--color-sunken)',
    border: '1px solid var(--color-line)',
    color: 'var(--color-text-2)',
  },
  '.json-unseen': {
    backgroundColor: 'var(--color-sunken)',
    color: 'var(--tone-warn)',
    direction: 'ltr',
    display: 'inline-block',
    fontWeight: 'var(--weight-strong)',
  },
  '.json-key': { color: 'var(--color-text-2)' },
  '.json-string': { color: 'var(--tone-good)' },
  '.json-number': { color: 'var(--tone-busy)' },
  '.json-word': { color: 'var(--tone-wait)' },
})
