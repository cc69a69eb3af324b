import type { Conceal } from '../../shared/rpc/errorFrame.ts'

/** A folder of this machine and the word that stands for it elsewhere. */
export type KnownFolder = { readonly path: string; readonly name: string }

/** Replaces this machine's folders in a text by their names; a folder inside another one goes first. */
export function createConceal(folders: readonly KnownFolder[]): Conceal {
  const spellings = folders
    .filter(({ path }) => path.length > 1)
    .flatMap(({ path, name }) => [
      { path, name },
      { path: path.replaceAll('\\', '/'), name },
    ])
    .toSorted((a, b) => b.path.length - a.path.length)
  return (text) => spellings.reduce((rest, { path, name }) => rest.replaceAll(path, name), text)
}
