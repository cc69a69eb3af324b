import type { RunRow } from '../../../../shared/contract/runs.ts'

/** Asked for before the rest of the page is made. */
export const rows = fetch('./rows.json').then((answer): Promise<readonly RunRow[]> => answer.json())
