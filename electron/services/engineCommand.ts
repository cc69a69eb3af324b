import { posix } from 'node:path'

export type EngineCall = {
  /** What the settings say of this engine; null: nothing. */
  readonly configured: string | null
  readonly document: string
  /** One of the runs in a document that holds many. */
  readonly item?: string | null
  readonly from: string | null
  /** Of a thread: the id by which its program knows it. */
  readonly thread?: string
}

/**
 * [E183] The command that is run. What is configured takes the place of the engine's program (`/opt/bin/awf --storage data`);
 * with `{document}`, `{folder}`, `{name}`, `{item}`, `{from}` or `{thread}` in it, it is the whole command.
 */
export function engineCommand(
  own: readonly string[] | null,
  { configured, document, item = null, from, thread = '' }: EngineCall,
): readonly string[] | null {
  if (configured === null || configured.trim() === '') return own
  const words = wordsOf(configured)
  if (!/\{(?:document|folder|name|item|from|thread)\}/.test(configured))
    return own === null ? null : [...words, ...own.slice(1)]
  const folder = posix.dirname(document)
  const name = posix.basename(document).replace(/\.json(?:\.gz)?$/, '')
  const values: Readonly<Record<string, string>> = {
    document,
    folder,
    name,
    item: item ?? '',
    from: from ?? '',
    thread,
  }
  return words.map((word) =>
    word.replaceAll(
      /\{(document|folder|name|item|from|thread)\}/g,
      (_all, key: string) => values[key] ?? '',
    ),
  )
}

/** Words as a shell would split them, with nothing else of a shell: quotes keep spaces, a value never becomes two words. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'))
}
