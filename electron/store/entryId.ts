// Names for folders of backups and trash: sortable by time, unique, safe in a path.
import { AppError } from '../../shared/errors.ts'
import type { StoreContext } from './storeContext.ts'

export function entryId(context: StoreContext, at: string): string {
  return `${at.replaceAll(/[-:.]/g, '').toLowerCase()}-${context.randomId(8)}`
}

/** Text from outside becomes part of a path only when it is such a name. */
export function checkEntryId(id: string, what: string): string {
  if (isEntryId(id)) return id
  throw new AppError('not-found', `There is no ${what} "${id}".`)
}

export function isEntryId(text: string): boolean {
  return /^[0-9a-z]{1,40}-[0-9a-z]{1,40}$/.test(text)
}
