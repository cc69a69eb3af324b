import { resolve } from 'node:path'
import { hashOfLink } from './deepLink.ts'
import { droppedPath } from './guards.ts'

/**
 * The folder, file or link that a command line asks for, absolute; null for none. Switches belong to Chromium. Desktops of
 * Linux give a file as its URL.
 */
export function askedFor(words: readonly string[], folder: string): string | null {
  const [wanted] = words.filter((word) => !word.startsWith('-'))
  if (wanted === undefined || hashOfLink(wanted) !== null) return wanted ?? null
  return droppedPath(wanted) ?? resolve(folder, wanted)
}
