/** A part of a file as text, by its bytes. */
export type ByteWindow = {
  readonly text: string
  readonly offset: number
  readonly nextOffset: number | null
  readonly sizeBytes: number
  /** How it is written in the file; absent: in UTF-8. */
  readonly written?: { readonly encoding: string } | undefined
}

/** Bytes that are damaged; `goes`: they are whole, and leave the file with the rest. */
export type ByteRange = {
  readonly kind: 'broken' | 'wiped' | 'cut' | 'goes'
  readonly offset: number
  /** 0: the place between two bytes. */
  readonly sizeBytes: number
  /** Id of the fix that is about it. */
  readonly fix: string | null
  readonly sentence: string
}

/** Something that is said of a line. */
export type ByteFinding = {
  readonly severity: 'error' | 'warning' | 'info'
  readonly sentence: string
  readonly offset: number | null
  readonly line: number | null
}

export function isUtf16({ written }: Pick<ByteWindow, 'written'>): boolean {
  return written?.encoding.startsWith('utf-16') === true
}
