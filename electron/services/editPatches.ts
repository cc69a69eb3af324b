import { tokensOf } from '../../shared/schema/pointer.ts'
import type { Edit } from '../../shared/core/edit/edit.ts'
import { nodeAt, type TextNode } from '../../shared/core/formats/text/parseText.ts'
import type { TextPatch } from '../../shared/core/formats/text/patchText.ts'

export type EditPatches = {
  readonly patches: readonly TextPatch[]
  readonly notes: readonly string[]
  readonly problems: readonly string[]
}

/** [F211] What a person staged, as patches of the document's text: values as they were typed. */
export function editPatches(
  document: { readonly text: string; readonly root: TextNode },
  edits: readonly Edit[],
  engine: string,
): EditPatches {
  const found = edits.map((edit) => patchesOf(document, edit, engine))
  return {
    patches: found.flatMap(({ patches }) => patches),
    notes: found.flatMap(({ notes }) => notes),
    problems: found.flatMap(({ problems }) => problems),
  }
}

function patchesOf(
  { text, root }: { readonly text: string; readonly root: TextNode },
  edit: Edit,
  engine: string,
): EditPatches {
  if (!('path' in edit)) {
    const problem = `A step of ${engine} cannot be marked. Change the values that say how it stands.`
    return { patches: [], notes: [], problems: [problem] }
  }
  const path = tokensOf(edit.path)
  const node = nodeAt(root, path)
  switch (edit.kind) {
    case 'set': {
      const op = node === null ? 'add' : 'replace'
      return only({ op, path, value: edit.json })
    }
    case 'add':
      return only({ op: 'add', path, value: edit.json })
    case 'remove':
      return only({ op: 'remove', path })
    default: {
      if (node === null)
        return { patches: [], notes: [], problems: [`${edit.path}: nothing stands there.`] }
      const value = text.slice(node.start, node.end)
      const added = { op: 'add', path: [...path.slice(0, -1), edit.name], value } as const
      const note = `${edit.path}: the key ${edit.name} stands last in its object now.`
      return { patches: [{ op: 'remove', path }, added], notes: [note], problems: [] }
    }
  }
}

function only(patch: TextPatch): EditPatches {
  return { patches: [patch], notes: [], problems: [] }
}
