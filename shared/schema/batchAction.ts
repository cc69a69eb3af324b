import { z } from 'zod'

/** What can be done with many runs at once. */
export const BatchAction = z.enum(['archive', 'unarchive', 'trash', 'migrate', 'repair'])
export type BatchAction = z.infer<typeof BatchAction>
