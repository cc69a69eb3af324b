import { shortened } from './printable.ts'

/** Line breaks of JSON text stand between its parts only: inside a string they are escaped. */
export function oneLineOfJson(json: string): string {
  return shortened(json.replaceAll(/\n\s*/g, ' '), 200)
}
