import type { FileSet } from './format.ts'

/** The text of a file; empty where it is none or could not be read, which is no state of any format. */
export function textIn({ texts }: Pick<FileSet, 'texts'>, path: string): string {
  return texts.get(path) ?? ''
}
