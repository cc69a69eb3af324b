import { syntaxTree } from '@codemirror/language'
import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view'

/** Colours keys and values as the tree of the state does. */
export const jsonColours = ViewPlugin.define<{
  decorations: DecorationSet
  update: (update: ViewUpdate) => void
}>(
  (view) => ({
    decorations: colour(view),
    update(update) {
      const isParsed = syntaxTree(update.startState) !== syntaxTree(update.state)
      if (update.docChanged || update.viewportChanged || isParsed) {
        this.decorations = colour(update.view)
      }
    },
  }),
  { decorations: (plugin) => plugin.decorations },
)

const marks: { readonly [node: string]: Decoration } = {
  PropertyName: Decoration.mark({ class: 'json-key' }),
  String: Decoration.mark({ class: 'json-string' }),
  Number: Decoration.mark({ class: 'json-number' }),
  True: Decoration.mark({ class: 'json-word' }),
  False: Decoration.mark({ class: 'json-word' }),
  Null: Decoration.mark({ class: 'json-word' }),
}

function colour(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const mark = marks[node.name]
        if (mark !== undefined) builder.add(node.from, node.to, mark)
      },
    })
  }
  return builder.finish()
}
