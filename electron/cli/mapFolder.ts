import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { findRef, insideWorkspace, type Where } from './references.ts'

type Documents =
  | { readonly kind: 'one'; readonly ref: Ref; readonly folder: string | null }
  | {
      readonly kind: 'shapes'
      readonly folder: string
      readonly output: CallOutput<'document.shapes'>
    }

/** What FILE or FOLDER means: a document, the only shape of a folder by one of its documents, or all shapes of it. */
export async function findDocuments(where: Where, text: string): Promise<Documents> {
  if (!isFolder(where, text)) return { kind: 'one', ref: await findRef(where, text), folder: null }
  const folder = folderAt(where, text)
  const output = await where.client.call('document.shapes', { folder })
  const [only, ...others] = output.shapes
  if (only === undefined) {
    const message = `There is no JSON of an unknown engine in ${folder === '' ? 'the workspace' : folder}.`
    throw new AppError('not-found', message, { folder })
  }
  return others.length === 0
    ? { kind: 'one', ref: only.sample, folder }
    : { kind: 'shapes', folder, output }
}

function isFolder({ cwd }: Where, text: string): boolean {
  return statSync(resolve(cwd, text), { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** As the workspace names it; `''` is the workspace itself. */
export function folderAt(where: Where, text: string): string {
  const inside = insideWorkspace(text, where)
  if (inside !== null) return inside
  if (relative(where.workspace, resolve(where.cwd, text)) === '') return ''
  throw new AppError('invalid-input', `${text} does not lie in ${where.workspace}.`, {
    folder: text,
  })
}

export function describeShapes(
  { folder, output }: Extract<Documents, { kind: 'shapes' }>,
  isSaid: boolean,
): readonly string[] {
  const { shapes, notLookedAt } = output
  const shown = folder === '' ? '.' : folder
  return [
    `Documents of ${shapes.length} shapes in ${shown}:`,
    ...shapes.map(
      ({ documents, sample, label, status, keys }) =>
        `  ${documents} like ${sample.document} (${label}${status === null ? '' : `: ${status}`}): ${keys.slice(0, 8).join(', ')}${keys.length > 8 ? ', …' : ''}`,
    ),
    ...(notLookedAt > 0 ? [`${notLookedAt} documents were not looked at.`] : []),
    ...(isSaid ? ['What is what has to be said of one shape.'] : []),
    `Say it of one: unstuck map ${shapes[0]?.sample.document ?? 'FILE'} --in ${shown} …`,
  ]
}
